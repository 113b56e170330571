"""Tables as files: .csv for any program, .xlsx for offices. Plain texts only, no formulas."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA = ("=", "+", "-", "@", "\t", "\r")
Rows = Iterable[Sequence[str]]


def as_csv(rows: Rows) -> bytes:
    """The rows as UTF-8 with the mark by which spreadsheet programs know it."""
    written = StringIO()
    csv.writer(written).writerows([_plain(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + written.getvalue().encode()


def as_xlsx(rows: Rows) -> bytes:
    """The rows as one sheet of texts."""
    return as_book({"表": rows})


def as_book(sheets: Mapping[str, Rows]) -> bytes:
    """Several sheets of texts in one file, by their names."""
    book = Workbook(write_only=True)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([_text(cell) for cell in row])
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _text(cell: str) -> str:
    """A cell without what XML cannot hold."""
    return str(ILLEGAL_CHARACTERS_RE.sub("", _plain(cell)))


def _plain(cell: str) -> str:
    """A cell that no program takes for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
