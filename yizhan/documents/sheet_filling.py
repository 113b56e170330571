"""Filling a template with rows: what it looks like stays, the foot moves down, totals follow."""

import re
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from datetime import date, datetime
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, MergedCell
from openpyxl.formula.translate import Translator
from openpyxl.utils import column_index_from_string

from yizhan.base.sheets import FORMULA
from yizhan.clocks.calendar import BEIJING
from yizhan.documents.layouts import LABELS, Layout
from yizhan.documents.ledgers import Line, Value
from yizhan.documents.shifting import Room, make_room

LONGEST = 32_000
CUT = "（太长，其余请看原单）"
DAY, MOMENT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm"
GAP = re.compile(r"[\s_　]*")
FOOT_SIZE = 250


def filled(
    data: bytes, layout: Layout, rows: Sequence[Line], *, fixed: Mapping[str, str], mark: str
) -> bytes:
    """The template with these rows, as the bytes of an .xlsx. `mark` stands in the page's foot."""
    book = load_workbook(BytesIO(data))
    fill(book, layout, rows, fixed=fixed, mark=mark)
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def fill(
    book: Any, layout: Layout, rows: Sequence[Line], *, fixed: Mapping[str, str], mark: str = ""
) -> Any:
    """Fill the sheet of the layout in place, and give it back."""
    sheet = book[layout.sheet]
    room = Room(layout.first_row, layout.last_row, len(rows) - _blank(layout))
    for source, text in fixed.items():
        if address := layout.fixed.get(source):
            _say_once(sheet[address], source, text)
    make_room(sheet, room)
    letters = {code: column_index_from_string(one) for code, one in layout.columns.items()}
    _dress(sheet, layout, room, set(letters.values()))
    for row in range(layout.first_row, layout.last_row + 1):
        for column in letters.values():
            put(sheet.cell(row, column), None)
    for row, line in enumerate(rows, layout.first_row):
        for code, column in letters.items():
            put(sheet.cell(row, column), line.get(code))
    if mark:
        _mark(sheet, mark)
    return sheet


def _blank(layout: Layout) -> int:
    """How many rows the form has for data."""
    return layout.last_row - layout.first_row + 1


def _dress(sheet: Any, layout: Layout, room: Room, mapped: set[int]) -> None:
    """Give new rows the styles, height, merged cells, formulas and fixed texts of the sample."""
    sample = layout.first_row
    merged = [one for one in sheet.merged_cells.ranges if one.min_row == one.max_row == sample]
    whole = list(sheet[sample])
    free = [one for one in whole if one.column not in mapped]
    cells = [cell for cell in free if not isinstance(cell, MergedCell)]
    height = sheet.row_dimensions[sample].height
    for row in range(layout.last_row + 1, layout.last_row + 1 + max(room.more, 0)):
        for cell in whole:
            sheet.cell(row, cell.column)._style = copy(cell._style)
        for cell in cells:
            _copy_value(cell, sheet.cell(row, cell.column))
        for one in merged:
            sheet.merge_cells(
                start_row=row, end_row=row, start_column=one.min_col, end_column=one.max_col
            )
        if height is not None:
            sheet.row_dimensions[row].height = height


def _copy_value(sample: Any, cell: Any) -> None:
    if sample.data_type == "f" and isinstance(sample.value, str):
        moved = Translator(sample.value, sample.coordinate)
        cell.value = moved.translate_formula(cell.coordinate)
    elif sample.value is not None:
        cell.value = sample.value


def put(cell: Any, value: Value) -> None:
    """Write one value; never as a formula, whatever it begins with."""
    if isinstance(cell, MergedCell):
        return
    if value is None or value == "":
        cell.value = None
    elif isinstance(value, datetime):
        _put_time(
            cell, value.astimezone(BEIJING).replace(tzinfo=None, second=0, microsecond=0), MOMENT
        )
    elif isinstance(value, date):
        _put_time(cell, value, DAY)
    elif isinstance(value, int):
        cell.value = value
    else:
        put_text(cell, value)


def put_text(cell: Any, value: str) -> None:
    """Write a text; what a program could take for a formula is marked as text."""
    text = str(ILLEGAL_CHARACTERS_RE.sub("", value))
    text = text if len(text) <= LONGEST else text[: LONGEST - len(CUT)] + CUT
    cell.value = text
    cell.data_type = "s"
    if text.startswith(FORMULA):
        cell.quotePrefix = True


def _put_time(cell: Any, value: date, form: str) -> None:
    """As a date in the form the template gives its cell; as a text where that is for texts."""
    style = cell.number_format
    if style == "@":
        pattern = "%Y-%m-%d %H:%M" if isinstance(value, datetime) else "%Y-%m-%d"
        put_text(cell, value.strftime(pattern))
        return
    cell.value = value
    cell.number_format = style if style != "General" and cell.is_date else form


def _say_once(cell: Any, source: str, text: str) -> None:
    """Write a value beside its label in the same cell, or into a cell of its own."""
    if isinstance(cell, MergedCell):
        return
    said = "" if cell.value is None else str(cell.value)
    for label in LABELS[source]:
        for colon in ("：", ":"):
            before, found, after = said.partition(label + colon)
            if found:
                rest = GAP.sub("", after, count=1)
                put_text(cell, f"{before}{found}{text}" + (f"　　{rest}" if rest else ""))
                return
    put_text(cell, text)


def _mark(sheet: Any, mark: str) -> None:
    """In the foot of every printed page, below what the template has there."""
    text = mark.replace("&", "&&")
    for foot in _feet(sheet):
        before = foot.center.text or ""
        joined = f"{before}\n{text}" if before else text
        foot.center.text = joined if len(joined) <= FOOT_SIZE else text[:FOOT_SIZE]
        foot.center.size = foot.center.size or 8
    last = sheet.max_row + 1
    put_text(sheet.cell(last, 1), mark)


def _feet(sheet: Any) -> Iterable[Any]:
    kept = sheet.HeaderFooter
    yield sheet.oddFooter
    if kept.differentOddEven:
        yield sheet.evenFooter
    if kept.differentFirst:
        yield sheet.firstFooter
