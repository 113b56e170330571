"""A ledger as communities keep it on paper, made by code: what the demo's street has uploaded."""

from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

LINE = Side(style="thin", color="000000")
RULED = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT = Alignment(vertical="center", wrap_text=True)
BLANK = 12
# Heading of the group, heading, width.
COLUMNS = (
    ("", "序号", 5), ("", "单号", 12), ("诉求信息", "来源", 9), ("诉求信息", "时间", 16),
    ("诉求信息", "社区", 12), ("诉求信息", "诉求人", 8), ("诉求信息", "联系电话", 13),
    ("诉求信息", "一级分类", 11), ("诉求信息", "二级分类", 11), ("诉求信息", "内容摘要", 24),
    ("办理情况", "承办单位", 16), ("办理情况", "派单时间", 16), ("办理情况", "接单时间", 16),
    ("办理情况", "办结时间", 16), ("办理情况", "是否按时", 7), ("办理情况", "办理结果", 16),
    ("群众评价", "满意度", 9), ("群众评价", "是否解决", 8), ("", "备注", 10),
)  # fmt: skip
TITLE, ABOUT, GROUPS, HEADS, FIRST = 1, 2, 3, 4, 5
LAST = FIRST + BLANK - 1


def workbook() -> bytes:
    """Merged title, headings in two rows, empty ruled rows, a total, a foot to sign; A4 across."""
    book = Workbook()
    sheet = book.active
    sheet.title = "点单台账"
    last = get_column_letter(len(COLUMNS))
    _across(
        sheet, TITLE, last, "群众诉求（点单）办理台账", Font("方正小标宋简体", size=20, bold=True)
    )
    sheet.row_dimensions[TITLE].height = 36
    _across(sheet, ABOUT, last, "填报单位：　　　　　　　　统计期间：", Font("仿宋", size=12))
    sheet[f"A{ABOUT}"].alignment = LEFT
    _headings(sheet)
    for row in range(FIRST, LAST + 1):
        sheet.row_dimensions[row].height = 30
        for column in range(1, len(COLUMNS) + 1):
            cell = sheet.cell(row, column)
            cell.border, cell.font = RULED, Font("仿宋", size=10)
            cell.alignment = LEFT if COLUMNS[column - 1][2] > 20 else MIDDLE
        for letter in "DLMN":
            sheet[f"{letter}{row}"].number_format = "m月d日 hh:mm"
    _foot(sheet, last)
    _rules(sheet)
    _paper(sheet, last)
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def _across(sheet: Any, row: int, last: str, text: str, font: Font) -> None:
    sheet.merge_cells(f"A{row}:{last}{row}")
    cell = sheet[f"A{row}"]
    cell.value, cell.font, cell.alignment = text, font, MIDDLE


def _headings(sheet: Any) -> None:
    for column, (group, head, width) in enumerate(COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
        for row in (GROUPS, HEADS):
            cell = sheet.cell(row, column)
            cell.border, cell.alignment, cell.font = RULED, MIDDLE, Font("黑体", size=11)
            cell.fill = PatternFill("solid", fgColor="F2F2F2")
        sheet.cell(HEADS if group else GROUPS, column).value = head
        if not group:
            sheet.merge_cells(
                start_row=GROUPS, end_row=HEADS, start_column=column, end_column=column
            )
    for name in dict.fromkeys(group for group, _, _ in COLUMNS if group):
        places = [n for n, (group, _, _) in enumerate(COLUMNS, 1) if group == name]
        sheet.cell(GROUPS, places[0]).value = name
        sheet.merge_cells(
            start_row=GROUPS, end_row=GROUPS, start_column=places[0], end_column=places[-1]
        )


def _foot(sheet: Any, last: str) -> None:
    total, signed = LAST + 1, LAST + 2
    sheet.merge_cells(f"A{total}:C{total}")
    sheet[f"A{total}"].value = "合计（件）"
    sheet[f"D{total}"].value = f"=COUNTA(B{FIRST}:B{LAST})"
    for column in range(1, len(COLUMNS) + 1):
        cell = sheet.cell(total, column)
        cell.border, cell.alignment, cell.font = RULED, MIDDLE, Font("黑体", size=11)
    text = "填表人：　　　　　　　　审核人：　　　　　　　　填表日期："
    _across(sheet, signed, last, text, Font("仿宋", size=12))
    sheet[f"A{signed}"].alignment = LEFT
    sheet.row_dimensions[signed].height = 28


def _rules(sheet: Any) -> None:
    """A list to choose from, and a colour for what came late."""
    choice = DataValidation(type="list", formula1='"是,否"', allow_blank=True)
    choice.add(f"O{FIRST}:O{LAST}")
    sheet.add_data_validation(choice)
    late = PatternFill("solid", bgColor="FDEEE3")
    rule = CellIsRule(operator="equal", formula=['"否"'], fill=late)
    sheet.conditional_formatting.add(f"O{FIRST}:O{LAST}", rule)


def _paper(sheet: Any, last: str) -> None:
    setup = sheet.page_setup
    setup.orientation, setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    setup.fitToWidth, setup.fitToHeight = 1, 0
    sheet.print_title_rows = f"{GROUPS}:{HEADS}"
    sheet.print_area = f"A1:{last}{LAST + 2}"
    sheet.freeze_panes = f"C{FIRST}"
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
