"""The beginning of a sheet as a table of a page: merged cells kept, letters and row numbers."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from openpyxl.utils import get_column_letter

from yizhan.documents.layouts import Layout
from yizhan.documents.ledgers import Column

ROWS = 15
FEW = 2
FOOT = 4
COLUMNS = 40


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as it is shown; `fills` names the column of the ledger that goes there."""

    text: str
    across: int = 1
    down: int = 1
    is_bold: bool = False
    fills: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `says` what it is for: the rows for data, and those left out before it."""

    number: int
    cells: tuple[Cell, ...]
    is_data: bool = False
    is_after_gap: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """What a page shows of a sheet, and which columns of it a ledger fills."""

    letters: tuple[str, ...]
    rows: tuple[Row, ...]


def shown(sheet: Any, layout: Layout, columns: tuple[Column, ...], *, filled: int = 0) -> Grid:
    """The headings, the first rows for data, more of them when they are filled, and the foot."""
    last = min(sheet.max_column, COLUMNS)
    end = layout.last_row + max(0, filled - (layout.last_row - layout.first_row + 1))
    top = ROWS if filled else min(ROWS, layout.first_row + FEW - 1)
    upper = range(1, min(sheet.max_row, top) + 1)
    lower = range(max(top, end) + 1, min(sheet.max_row, max(top, end) + FOOT) + 1)
    merged = {}
    for found in sheet.merged_cells.ranges:
        for cell in found.cells:
            merged[cell] = found
    names = {layout.columns[one.code]: one.name for one in columns if one.code in layout.columns}
    rows: list[Row] = []
    for number in (*upper, *lower):
        is_data = layout.first_row <= number <= end
        goes = names if is_data and not filled else {}
        cells = _cells(sheet, number, (last, top), merged, goes)
        gap = bool(rows) and number != rows[-1].number + 1
        rows.append(Row(number, tuple(cells), is_data, gap))
    letters = tuple(get_column_letter(one) for one in range(1, last + 1))
    return Grid(letters, tuple(rows))


def _cells(
    sheet: Any, row: int, ends: tuple[int, int], merged: dict[Any, Any], names: dict[str, str]
) -> list[Cell]:
    """The cells of one row; `ends` are the last column and the last row before the gap."""
    last, cut = ends
    cells = []
    for column in range(1, last + 1):
        found = merged.get((row, column))
        if found and (found.min_row, found.min_col) != (row, column):
            continue
        across = min(found.max_col, last) - column + 1 if found else 1
        down = min(found.max_row, cut if row <= cut else found.max_row) - row + 1 if found else 1
        kept = sheet.cell(row, column)
        name = names.get(get_column_letter(column), "")
        cells.append(Cell(words(kept.value), across, down, bool(kept.font.b), name))
    return cells


def words(value: Any) -> str:
    """A value as a reader sees it; a formula as itself."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return f"{value:%Y-%m-%d}" if isinstance(value, date) else str(value)
