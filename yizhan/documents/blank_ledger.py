"""Our own sheet for a ledger, for a place that has not uploaded a template."""

from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from yizhan.documents.layouts import Layout
from yizhan.documents.ledgers import Column, Ledger

LINE = Side(style="thin", color="808080")
RULED = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)
WRAPPED = Alignment(vertical="center", wrap_text=True)
WIDTHS = {"number": 6, "day": 12, "moment": 16, "text": 13}
HEADING, FIRST, FOOT = 3, 4, 5


def plain(ledger: Ledger) -> tuple[Any, Layout]:
    """A4 across: title, unit and period, headings, one row, and a foot to sign."""
    book = Workbook()
    sheet = book.active
    sheet.title = "台账"
    last = get_column_letter(len(ledger.columns))
    for row, text, size in ((1, ledger.name, 16), (2, "填报单位：　　所属期间：", 11)):
        sheet.merge_cells(f"A{row}:{last}{row}")
        sheet[f"A{row}"].value, sheet[f"A{row}"].font = text, Font(size=size, bold=row == 1)
    sheet["A1"].alignment = CENTRED
    for number, column in enumerate(ledger.columns, 1):
        _column(sheet, number, column)
    sheet.merge_cells(f"A{FOOT}:{last}{FOOT}")
    sheet[f"A{FOOT}"].value = "填表人：　　审核人：　　填表日期："
    paper(sheet, HEADING)
    fixed = {"unit": "A2", "period": "A2", "maker": f"A{FOOT}", "made": f"A{FOOT}"}
    letters = {one.code: get_column_letter(n) for n, one in enumerate(ledger.columns, 1)}
    return book, Layout(sheet.title, FIRST, FIRST, letters, fixed)


def _column(sheet: Any, number: int, column: Column) -> None:
    head, cell = sheet.cell(HEADING, number), sheet.cell(FIRST, number)
    head.value, head.font, head.alignment = column.name, Font(bold=True), CENTRED
    head.fill = PatternFill("solid", fgColor="F0ECE5")
    cell.alignment = WRAPPED if column.kind == "text" else CENTRED
    head.border = cell.border = RULED
    sheet.column_dimensions[get_column_letter(number)].width = WIDTHS[column.kind]


def paper(sheet: Any, heading: int) -> None:
    """A4 across, as wide as the paper, the headings on every page and page numbers below."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.print_title_rows = f"1:{heading}"
    sheet.freeze_panes = f"A{heading + 1}"
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
