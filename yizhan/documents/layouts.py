"""Where in a template the rows go: the sheet, the rows, the column of each value, fixed cells."""

import re
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self
from unicodedata import normalize

from openpyxl.cell.cell import MergedCell
from openpyxl.utils import column_index_from_string
from openpyxl.utils.cell import coordinate_to_tuple

FEWEST = 2
MOST_BLANK = 500
FIXED = {
    "unit": "填报单位",
    "maker": "填表人",
    "made": "填表日期",
    "period": "所属期间",
    "total": "总件数",
}
LABELS = {
    "unit": ("填报单位", "单位名称", "填表单位", "社区名称", "街道名称", "单位", "社区"),
    "maker": ("填表人", "制表人", "填报人", "经办人", "登记人"),
    "made": ("填表日期", "制表日期", "填报日期", "填报时间", "制表时间", "日期"),
    "period": ("所属期间", "统计期间", "统计时段", "起止时间", "所属时期", "期间", "月份"),
    "total": ("总件数", "合计件数", "共计"),
}
SIGNED = ("审核人", "负责人", "审批人", "领导签字", "审核")
ADDRESS = re.compile(r"[A-Z]{1,3}[1-9][0-9]{0,3}")
LETTER = re.compile(r"[A-Z]{1,3}")
BRACKETS = re.compile(r"[（(【\[].*?[）)】\]]")
DROSS = re.compile(r"[\s、，,/|:：*._-]+")


def plain(text: Any) -> str:
    """A heading as headings are compared: without brackets, spaces, marks; one width."""
    return DROSS.sub("", BRACKETS.sub("", normalize("NFKC", str(text or "")))).lower()


@dataclass(frozen=True, slots=True)
class Layout:
    """The mapping of one template.

    `first_row` is the sample: its styles are those of every row. `last_row` is the last row that
    the form leaves for data; what stands below it moves down. `columns` gives the letter for each
    column of the ledger, `fixed` the cell for each value that stands once.
    """

    sheet: str
    first_row: int
    last_row: int
    columns: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)

    def kept(self) -> dict[str, Any]:
        """The same as a column of the database keeps it."""
        return asdict(self)

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> Self:
        """The layout that was kept."""
        return cls(**row)


def fault(book: Any, layout: Layout, codes: Collection[str]) -> str:
    """Why a ledger with these columns cannot be filled in so; empty when it can."""
    if layout.sheet not in book.sheetnames:
        return "没有这张工作表，请重新选"
    sheet = book[layout.sheet]
    if not 1 <= layout.first_row <= layout.last_row:
        return "数据的第一行要在最后一行之前，都从 1 数起"
    if layout.last_row - layout.first_row >= MOST_BLANK:
        return f"表里留给数据的空行太多了，最多 {MOST_BLANK} 行，多出来的记录会自动加行"
    wrong = _fault_of_columns(sheet, layout, codes)
    return wrong or _fault_of_merged(sheet, layout) or _fault_of_fixed(sheet, layout)


def _fault_of_columns(sheet: Any, layout: Layout, codes: Collection[str]) -> str:
    letters = list(layout.columns.values())
    if len(letters) < FEWEST:
        return f"至少要对上 {FEWEST} 列"
    if not set(layout.columns) <= set(codes) or not all(map(LETTER.fullmatch, letters)):
        return "有不认识的列，请重新选"
    twice = next((one for one in letters if letters.count(one) > 1), "")
    if twice:
        return f"{twice} 列选了两次，一列只能放一项"
    if max(map(column_index_from_string, letters)) > max(sheet.max_column, FEWEST):
        return "选的列在表格以外"
    for one in letters:
        cell = sheet[f"{one}{layout.first_row}"]
        if isinstance(cell, MergedCell):
            return f"{one} 列在数据行里是合并单元格的后半格，请选前面的一列"
    return ""


def _fault_of_merged(sheet: Any, layout: Layout) -> str:
    for found in sheet.merged_cells.ranges:
        apart = found.max_row < layout.first_row or found.min_row > layout.last_row
        if not apart and found.max_row > found.min_row:
            return f"数据行里有上下合并的单元格 {found.coord}，请在模板里拆开，或改数据的起止行"
    return ""


def _fault_of_fixed(sheet: Any, layout: Layout) -> str:
    for source, address in layout.fixed.items():
        if source not in FIXED or not ADDRESS.fullmatch(address):
            return f"「{FIXED.get(source, source)}」的格子写得不对，像 B2 这样写"
        row, column = coordinate_to_tuple(address)
        if row > sheet.max_row or column > sheet.max_column:
            return f"「{FIXED[source]}」的格子 {address} 在表格以外"
        if layout.first_row <= row <= layout.last_row:
            return f"「{FIXED[source]}」的格子 {address} 在数据行里，请换一格"
        if isinstance(sheet[address], MergedCell):
            return f"「{FIXED[source]}」的格子 {address} 是合并单元格的后半格，请写左上角那一格"
    return ""
