"""Workbooks as districts have them, made here; and what is read back of them."""

from io import BytesIO

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Border, Font, Side

from yizhan.documents.layouts import Layout
from yizhan.documents.ledgers import Column, Ledger

LINE = Side(style="thin")
LEDGER = Ledger(
    code="tests",
    name="测试台账",
    columns=(
        Column("number", "序号", "number", 1),
        Column("what", "内容摘要", "text", "灯不亮", ("诉求内容", "内容")),
        Column("placed", "时间", "moment", None, ("受理时间",)),
        Column("finished", "办结时间", "moment", None),
        Column("unit", "承办单位", "text", "第一党支部"),
        Column("result", "办理结果", "text", "办好了", ("办理情况",)),
    ),
    rows=lambda *_: iter(()),
    count=lambda *_: 0,
    taken=lambda *_: "",
    may=lambda _: True,
)


def saved(book):
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def read(data):
    return load_workbook(BytesIO(data))


def small(blank=1, total=True):
    """A title, one row of headings, some rows for data, perhaps a total, and a foot."""
    book = Workbook()
    sheet = book.active
    sheet.merge_cells("A1:D1")
    sheet["A1"] = "台账"
    for column, head in enumerate(("序号", "内容", "承办单位", "数量"), 1):
        sheet.cell(2, column).value = head
    for row in range(3, 3 + blank):
        for column in range(1, 5):
            cell = sheet.cell(row, column)
            cell.font, cell.border = Font("仿宋", size=9, italic=True), Border(bottom=LINE)
        sheet.row_dimensions[row].height = 25
    last = 2 + blank
    if total:
        sheet.cell(last + 1, 1).value = "合计"
        sheet.cell(last + 1, 4).value = f"=SUM(D3:D{last})"
    foot = last + 1 + total
    sheet.merge_cells(f"A{foot}:B{foot}")
    sheet.cell(foot, 1).value = "填表人："
    sheet.row_dimensions[foot].height = 33
    columns = {"number": "A", "what": "B", "unit": "C"}
    return book, Layout(sheet.title, 3, last, columns, {"maker": f"A{foot}"})


def cells(sheet):
    """Every value, with how it looks."""
    return {
        cell.coordinate: (cell.value, cell.font.name, cell.font.sz, cell.border.bottom.style)
        for row in sheet.iter_rows()
        for cell in row
    }
