"""Tables as files: .csv for any program, .xlsx for offices. Plain texts only, no formulas."""

import csv
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO, StringIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_UNPACKED = 20 * 2**20
MOST_COLUMNS = 60
FORMULA = ("=", "+", "-", "@", "\t", "\r")
# What openpyxl and zipfile raise when they read what is no workbook.
UNREADABLE = (
    zipfile.BadZipFile, zipfile.LargeZipFile, OSError, ValueError, SyntaxError, LookupError,
    TypeError, AttributeError, ArithmeticError, MemoryError, EOFError, NotImplementedError,
    RuntimeError, zlib.error, Warning,
)  # fmt: skip
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


class BadSheetError(ValueError):
    """The bytes are no .xlsx, or one too large to open safely."""


def from_xlsx(data: bytes, *, most: int) -> list[list[str]]:
    """The first sheet as rows of texts, at most so many; what is empty at the ends is left out.

    Formulas come as the values that were computed last. Raises `BadSheetError`.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            unpacked = sum(one.file_size for one in packed.infolist())
        if unpacked > MOST_UNPACKED:
            raise BadSheetError("too large")
        book = load_workbook(BytesIO(data), read_only=True, data_only=True)
        found = book.worksheets[0].iter_rows(max_row=most, max_col=MOST_COLUMNS, values_only=True)
        rows = [_trimmed([_read(cell) for cell in row]) for row in found]
        book.close()
    except UNREADABLE as error:
        raise BadSheetError("no workbook") from error
    return _trimmed(rows)


def _trimmed(many: list[Any]) -> list[Any]:
    """Without what is empty at the end."""
    while many and not many[-1]:
        many.pop()
    return many


def _read(cell: object) -> str:
    """A cell as text, without the mark that `_plain` puts before what looks like a formula."""
    text = "" if cell is None else str(cell).strip()
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA) else text
