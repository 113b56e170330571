"""Making room in a sheet: what stands below a row moves down, with everything that belongs to it.

openpyxl moves cells and nothing else; merged ranges, heights, rules, print areas, formulas of
totals and names that point there are moved here.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token
from openpyxl.worksheet.cell_range import CellRange, MultiCellRange

CORNER = re.compile(r"(\$?[A-Z]{1,3}\$?)([1-9][0-9]*)")
LAST_OF_ALL = 1_048_576


@dataclass(frozen=True, slots=True)
class Room:
    """`more` rows put in after row `last`, the last row of the data that begins at `first`."""

    first: int
    last: int
    more: int

    def row(self, number: int) -> int:
        """Where a row stands afterwards."""
        return number + self.more if number > self.last else number

    def span(self, top: int, bottom: int) -> tuple[int, int]:
        """The same for a range: what reaches the last row of the data reaches the new last one."""
        if top <= self.last <= bottom:
            return top, min(bottom + self.more, LAST_OF_ALL)
        return self.row(top), self.row(bottom)

    def ref(self, ref: str, *, grows: bool = True) -> str:
        """An address or a range, as formulas write them, with its dollars.

        Inside a row of the data a range does not grow: it is about that row.
        """
        corners = CORNER.findall(ref)
        if len(corners) == 2 and grows:
            (left, top), (right, bottom) = corners
            new = self.span(int(top), int(bottom))
            return f"{left}{new[0]}:{right}{new[1]}"
        return CORNER.sub(lambda found: f"{found[1]}{self.row(int(found[2]))}", ref)


def make_room(sheet: Any, room: Room) -> None:
    """Put empty rows into the sheet. What they look like is for whoever fills them."""
    if room.more <= 0:
        return
    sheet.insert_rows(room.last + 1, room.more)
    _move_heights(sheet, room)
    _move_merged(sheet, room)
    _move_rules(sheet, room)
    _move_prints(sheet, room)
    _adapt_formulas(sheet, room)


def _move_heights(sheet: Any, room: Room) -> None:
    below = sorted((row for row in sheet.row_dimensions if row > room.last), reverse=True)
    for row in below:
        height = sheet.row_dimensions.pop(row)
        height.index = row + room.more
        sheet.row_dimensions[row + room.more] = height


def _move_merged(sheet: Any, room: Room) -> None:
    """Merged cells never grow: those of the data are of one row, see `layouts.fault`."""
    ranges = list(sheet.merged_cells.ranges)
    for found in ranges:
        found.min_row, found.max_row = room.row(found.min_row), room.row(found.max_row)
    sheet.merged_cells.ranges = set(ranges)


def _ranges(kept: Any, room: Room) -> MultiCellRange:
    return MultiCellRange([_range(one, room) for one in MultiCellRange(str(kept)).ranges])


def _range(one: CellRange, room: Room) -> CellRange:
    top, bottom = room.span(one.min_row, one.max_row)
    return CellRange(min_col=one.min_col, max_col=one.max_col, min_row=top, max_row=bottom)


def _move_rules(sheet: Any, room: Room) -> None:
    """Drop-down lists, conditional formats, filters and tables."""
    for validation in sheet.data_validations.dataValidation:
        validation.sqref = _ranges(validation.sqref, room)
    formats = sheet.conditional_formatting
    moved = ConditionalFormattingList()
    for found in formats:
        for rule in found.rules:
            moved.add(str(_ranges(found.sqref, room)), rule)
    moved.max_priority = formats.max_priority
    sheet.conditional_formatting = moved
    if sheet.auto_filter.ref:
        sheet.auto_filter.ref = room.ref(sheet.auto_filter.ref)
    for table in sheet.tables.values():
        table.ref = room.ref(table.ref)
        if table.autoFilter and table.autoFilter.ref:
            table.autoFilter.ref = room.ref(table.autoFilter.ref)


def _move_prints(sheet: Any, room: Room) -> None:
    if sheet.print_area:
        areas = str(sheet.print_area).split(",")
        sheet.print_area = ",".join(room.ref(one.rpartition("!")[2]) for one in areas)
    for one in sheet.row_breaks.brk:
        one.id = room.row(one.id)


def _adapt_formulas(moved: Any, room: Room) -> None:
    """Every formula of the workbook that points below the room, or around the data."""
    for sheet in moved.parent.worksheets:
        here = sheet is moved
        for row in sheet.iter_rows():
            inside = here and room.first <= row[0].row <= room.last
            for cell in row:
                if cell.data_type == "f" and isinstance(cell.value, str):
                    change = _change(moved.title, room, here=here, grows=not inside)
                    cell.value = rewritten(cell.value, change)
        change = _change(moved.title, room, here=here, grows=False)
        for found in sheet.conditional_formatting:
            for rule in found.rules:
                rule.formula = [rewritten(f"={one}", change)[1:] for one in rule.formula]
    names = [moved.parent.defined_names, *(one.defined_names for one in moved.parent.worksheets)]
    change = _change(moved.title, room, here=False, grows=True)
    for name in [one for named in names for one in named.values()]:
        name.attr_text = change(name.attr_text)


def _change(title: str, room: Room, *, here: bool, grows: bool) -> Callable[[str], str]:
    """What becomes of a reference, if it points to the sheet that was moved."""

    def change(ref: str) -> str:
        sheet, mark, cells = ref.rpartition("!")
        if sheet.strip("'").replace("''", "'") != title if mark else not here:
            return ref
        return f"{sheet}{mark}{room.ref(cells, grows=grows)}"

    return change


def rewritten(formula: str, change: Callable[[str], str]) -> str:
    """The formula with every reference in it changed."""
    read = Tokenizer(formula)
    for token in read.items:
        if token.type == Token.OPERAND and token.subtype == Token.RANGE:
            token.value = change(token.value)
    return "=" + "".join(token.value for token in read.items)
