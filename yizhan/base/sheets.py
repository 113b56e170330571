"""Tables as files: .csv for any program, .xlsx for offices. Plain texts only, no formulas."""

import csv
import re
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
Rows = Iterable[Sequence[str]]


def as_csv(rows: Rows) -> bytes:
    """The rows as UTF-8 with the mark by which spreadsheet programs know it."""
    written = StringIO()
    csv.writer(written).writerows([_plain(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + written.getvalue().encode()


def as_xlsx(rows: Rows) -> bytes:
    """The rows as one sheet of texts. openpyxl brings numpy along: imported only when it writes."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("表")
    for row in rows:
        sheet.append([_text(cell) for cell in row])
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _text(cell: str) -> str:
    """A cell without what XML cannot hold."""
    return NOT_IN_XML.sub("", _plain(cell))


def _plain(cell: str) -> str:
    """A cell that no program takes for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
