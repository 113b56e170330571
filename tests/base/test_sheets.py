"""Tables as files that offices open."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from yizhan.base.sheets import as_book, as_csv, as_xlsx

ODD = [["=1+1", "-2", "@x"], ["a,b", "下\x07水\x00", "第一行\n第二行"]]


def cells(data):
    return [[cell.value for cell in row] for row in load_workbook(BytesIO(data))["表"].rows]


def test_a_cell_is_text_and_never_a_formula():
    book = load_workbook(BytesIO(as_xlsx(ODD)))["表"]

    assert cells(as_xlsx(ODD))[0] == ["'=1+1", "'-2", "'@x"]
    assert {cell.data_type for row in book.rows for cell in row} == {"s"}


def test_what_a_file_cannot_hold_is_left_out():
    assert cells(as_xlsx(ODD))[1] == ["a,b", "下水", "第一行\n第二行"]


def test_csv_is_known_as_utf_8():
    assert as_csv(ODD[:1]).decode("utf-8-sig") == "'=1+1,'-2,'@x\r\n"
    assert as_csv(ODD).startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("rows", [[], [[]], [[""]]])
def test_nothing_is_a_file_too(rows):
    assert load_workbook(BytesIO(as_xlsx(rows))).sheetnames == ["表"]


def test_a_book_has_its_sheets_in_order():
    book = load_workbook(BytesIO(as_book({"数": [["1"]], "定义": [["怎么算", "=x"]]})))

    assert book.sheetnames == ["数", "定义"]
    assert [cell.value for cell in next(book["定义"].rows)] == ["怎么算", "'=x"]
