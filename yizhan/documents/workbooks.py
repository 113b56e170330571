"""Opening a workbook that somebody has uploaded: within limits, and without what could act.

Everything is looked at in the archive first, because reading a workbook builds a cell for each cell
of a merged range: a few bytes can ask for thousands of millions.
"""

import re
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token
from openpyxl.utils.cell import range_boundaries

MOST_BYTES = 2 * 2**20
MOST_UNPACKED = 12 * 2**20
MOST_PARTS = 300
MOST_SHEETS = 20
MOST_CELLS = 40_000
MOST_MERGED = 20_000
MOST_ROW, MOST_COLUMN = 2_000, 100
OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"
SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
DRAWING = re.compile(r"xl/drawings/[^/]+\.xml")
NO_DRAWING = (
    '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"/>'
)
CELL = re.compile(rb"<(?:\w+:)?c[\s>/]")
MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*[\"']([^\"']*)[\"']")
ACTIVE = re.compile(
    r"vbaproject|/activex|/embeddings/|macrosheets|dialogsheets|customui|/ctrlprops"
)
# What may be computed in a template. Others could read or fetch what is none of the ledger's.
FUNCTIONS = frozenset(
    {"SUM", "COUNT", "COUNTA", "COUNTBLANK", "COUNTIF", "COUNTIFS", "SUMIF", "SUMIFS", "AVERAGE"}
    | {"MIN", "MAX", "IF", "IFERROR", "AND", "OR", "NOT", "ROUND", "INT", "ABS", "ROW", "ROWS"}
    | {"TODAY", "NOW", "DATE", "YEAR", "MONTH", "DAY", "TEXT", "LEN", "LEFT", "RIGHT", "MID"}
    | {"SUBTOTAL", "SUMPRODUCT", "DATEDIF", "NETWORKDAYS", "WORKDAY", "ISBLANK"}
)
# What a reader of workbooks can raise on bytes made to harm.
UNREADABLE = (
    BadZipFile, OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, EOFError,
    ArithmeticError, SyntaxError, NotImplementedError, RuntimeError, MemoryError, zlib.error,
)  # fmt: skip
NO_WORKBOOK = "这个文件打不开，不是 .xlsx 表格，或已损坏。请用 WPS 或 Excel 另存为 .xlsx 再上传"
PARTS_LOST = (
    ("xl/charts/", "图表不会保留"),
    ("xl/pivotTables/", "数据透视表不会保留"),
    ("xl/slicers/", "切片器不会保留"),
    ("xl/externalLinks/", "指向别的文件的链接已去掉"),
    ("xl/connections", "外部数据连接已去掉"),
    ("xl/threadedComments/", "批注里的对话不会保留"),
    ("xl/media/", "模板里的图片、徽标不会保留"),
    ("xl/printerSettings/", "打印机自己的设置不会保留，纸张、方向、页边距会保留"),
)
DRAWN = (b"<xdr:sp", b"<xdr:cxnSp", b"<xdr:grpSp", b":txbx", b"<v:shape ")


class BadWorkbook(Exception):
    """The bytes are no workbook that can be a template; `reason` says what to do."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Opened:
    """A workbook made harmless, and in words what of the file is not kept."""

    book: Any
    losses: tuple[str, ...]


def opened(data: bytes) -> Opened:
    """The workbook of an upload. Raises `BadWorkbook` when it cannot be a template."""
    if len(data) > MOST_BYTES:
        raise BadWorkbook(f"模板最大 {MOST_BYTES // 2**20} MB，请删掉里面的数据和图片再上传")
    if data.startswith(OLD_OR_LOCKED):
        raise BadWorkbook("这是旧的 .xls 文件，或加了打开密码。请另存为没有密码的 .xlsx 再上传")
    try:
        parts = _parts(data)
        book = load_workbook(_without_drawings(parts), keep_links=False)
    except UNREADABLE:
        raise BadWorkbook(NO_WORKBOOK) from None
    if not any(sheet.sheet_state == "visible" for sheet in book.worksheets):
        raise BadWorkbook("这个文件里没有看得见的工作表")
    losses = [*_lost_parts(parts), *_cleaned(book)]
    return Opened(book, tuple(dict.fromkeys(losses)))


def _parts(data: bytes) -> dict[str, bytes]:
    """The parts of the archive, checked. A part is never read further than it says it is long."""
    with ZipFile(BytesIO(data)) as archive:
        entries = archive.infolist()
        if len(entries) > MOST_PARTS or sum(one.file_size for one in entries) > MOST_UNPACKED:
            raise BadWorkbook("这个文件展开后太大了，不像一份模板。请删掉多余的工作表和数据再上传")
        if len({one.filename for one in entries}) != len(entries):
            raise BadWorkbook(NO_WORKBOOK)
        parts = {one.filename: archive.read(one) for one in entries}
    if "[Content_Types].xml" not in parts or "xl/workbook.xml" not in parts:
        raise BadWorkbook(NO_WORKBOOK)
    _nothing_acts(parts)
    sheets = [body for name, body in parts.items() if SHEET.fullmatch(name)]
    if len(sheets) > MOST_SHEETS:
        raise BadWorkbook(f"工作表太多了，最多 {MOST_SHEETS} 张，请只留要用的")
    _is_small(sheets)
    return parts


def _without_drawings(parts: dict[str, bytes]) -> BytesIO:
    """The archive with empty drawings: no picture of an upload is ever opened."""
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for name, body in parts.items():
            archive.writestr(name, NO_DRAWING if DRAWING.fullmatch(name) else body)
    packed.seek(0)
    return packed


def _nothing_acts(parts: dict[str, bytes]) -> None:
    """No macro, no control, no embedded file, and no XML that grows or hides while it is read."""
    types = parts["[Content_Types].xml"].lower()
    if b"macroenabled" in types or any(ACTIVE.search(f"/{name}".lower()) for name in parts):
        raise BadWorkbook("这个文件带宏、控件或嵌入的文件，不能用。请另存为普通的 .xlsx 再上传")
    for name, body in parts.items():
        if not name.endswith((".xml", ".rels", ".vml")):
            continue
        strange = body[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in body[:200]
        if strange or b"<!DOCTYPE" in body or b"<!ENTITY" in body:
            raise BadWorkbook(NO_WORKBOOK)


def _is_small(sheets: list[bytes]) -> None:
    if sum(len(CELL.findall(body)) for body in sheets) > MOST_CELLS:
        raise BadWorkbook("模板里的格子太多了，请删掉数据和多余的行、列，只留表头、一行样子和表尾")
    merged = 0
    for body in sheets:
        for found in MERGED.findall(body):
            first, top, last, bottom = range_boundaries(found.decode("ascii"))
            if None in (first, top, last, bottom) or bottom > MOST_ROW or last > MOST_COLUMN:
                raise BadWorkbook("模板里有合并到表外很远的单元格，请取消整行、整列的合并再上传")
            merged += (last - first + 1) * (bottom - top + 1)
    if merged > MOST_MERGED:
        raise BadWorkbook("模板里合并的单元格太大了，请取消整行、整列的合并再上传")


def _lost_parts(parts: dict[str, bytes]) -> list[str]:
    lost = [said for start, said in PARTS_LOST if any(name.startswith(start) for name in parts)]
    drawings = [
        body for name, body in parts.items()
        if name.startswith("xl/drawings/") and not _is_of_comments(body)
    ]  # fmt: skip
    if any(mark in body for body in drawings for mark in DRAWN):
        lost.insert(0, "模板里的图形、文本框、印章不会保留")
    return lost


def _is_of_comments(body: bytes) -> bool:
    return b'ObjectType="Note"' in body and body.count(b"<v:shape ") == body.count(b"ObjectType=")


def _cleaned(book: Any) -> list[str]:
    """Take away what leads out of the workbook or computes what a ledger does not need."""
    lost: list[str] = []
    for sheet in book.worksheets:
        if sheet.max_row > MOST_ROW or sheet.max_column > MOST_COLUMN:
            raise BadWorkbook("模板里有离表很远的内容，请删掉表格以外的行和列再上传")
        sheet._pivots = []
        lost += _cleaned_cells(sheet)
        for validation in list(sheet.data_validations.dataValidation):
            formulas = (validation.formula1, validation.formula2)
            if not all(is_plain(f"={one}") for one in formulas if one):
                sheet.data_validations.dataValidation.remove(validation)
                lost.append("引用别处的下拉选项不会保留")
    for names in (book.defined_names, *(sheet.defined_names for sheet in book.worksheets)):
        for name in [one for one, found in names.items() if not is_plain(f"={found.attr_text}")]:
            del names[name]
    book.properties.lastModifiedBy = book.properties.creator = ""
    return lost


def _cleaned_cells(sheet: Any) -> list[str]:
    lost = []
    for row in sheet.iter_rows():
        for cell in row:
            if getattr(cell, "hyperlink", None):
                cell.hyperlink = None
                lost.append("单元格里的网址链接已去掉，文字还在")
            if cell.data_type == "f" and not is_plain(cell.value):
                lost.append(f"{sheet.title} {cell.coordinate} 的公式不会保留")
                cell.value = None
    return lost


def is_plain(formula: Any) -> bool:
    """Whether a formula only computes with the cells of its own workbook."""
    if not isinstance(formula, str) or not formula.startswith("="):
        return False
    if any(mark in formula for mark in ("[", "|", "\\", "://")):
        return False
    try:
        tokens = Tokenizer(formula).items
    except UNREADABLE:
        return False
    return all(
        token.value.rstrip("(").upper() in FUNCTIONS
        for token in tokens
        if token.type == Token.FUNC and token.subtype == Token.OPEN
    )
