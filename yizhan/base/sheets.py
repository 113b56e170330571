"""Tables as files: .csv for any program, .xlsx for offices. Plain texts only, no formulas."""

import csv
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA = ("=", "+", "-", "@", "\t", "\r")
OFFICE = "http://schemas.openxmlformats.org"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
PARTS = {
    "[Content_Types].xml": (
        f'{HEAD}<Types xmlns="{OFFICE}/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/book.xml" ContentType="application/vnd.openxmlformats-officedocument'
        '.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/sheet.xml" ContentType="application/vnd.openxmlformats-officedocument'
        '.spreadsheetml.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'{HEAD}<Relationships xmlns="{OFFICE}/package/2006/relationships"><Relationship Id="r1" '
        f'Type="{OFFICE}/officeDocument/2006/relationships/officeDocument" Target="book.xml"/>'
        "</Relationships>"
    ),
    "_rels/book.xml.rels": (
        f'{HEAD}<Relationships xmlns="{OFFICE}/package/2006/relationships"><Relationship Id="r1" '
        f'Type="{OFFICE}/officeDocument/2006/relationships/worksheet" Target="sheet.xml"/>'
        "</Relationships>"
    ),
    "book.xml": (
        f'{HEAD}<workbook xmlns="{OFFICE}/spreadsheetml/2006/main" '
        f'xmlns:r="{OFFICE}/officeDocument/2006/relationships">'
        '<sheets><sheet name="表" sheetId="1" r:id="r1"/></sheets></workbook>'
    ),
}
Rows = Iterable[Sequence[str]]


def as_csv(rows: Rows) -> bytes:
    """The rows as UTF-8 with the mark by which spreadsheet programs know it."""
    written = StringIO()
    csv.writer(written).writerows([_plain(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + written.getvalue().encode()


def as_xlsx(rows: Rows) -> bytes:
    """The rows as one sheet of texts."""
    body = "".join(
        "<row>"
        + "".join(f'<c t="inlineStr"><is><t>{_text(cell)}</t></is></c>' for cell in row)
        + "</row>"
        for row in rows
    )
    sheet = (
        f'{HEAD}<worksheet xmlns="{OFFICE}/spreadsheetml/2006/main">'
        f"<sheetData>{body}</sheetData></worksheet>"
    )
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as parts:
        for name, text in {**PARTS, "sheet.xml": sheet}.items():
            parts.writestr(name, text)
    return written.getvalue()


def _text(cell: str) -> str:
    """A cell without what XML cannot hold."""
    return escape("".join(letter for letter in _plain(cell) if letter >= " "))


def _plain(cell: str) -> str:
    """A cell that no program takes for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
