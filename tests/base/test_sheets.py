"""Tables as files that offices open."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from yizhan.base.sheets import (
    MOST_UNPACKED,
    BadSheetError,
    as_book,
    as_csv,
    as_xlsx,
    from_xlsx,
)

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


def test_what_was_written_is_read_again():
    rows = [["类别", "派给"], ["=1+1", "-2"], ["", ""], ["电梯、扶梯", "@x"], ["", ""]]

    assert from_xlsx(as_xlsx(rows), most=10) == [*rows[:2], [], rows[3]]
    assert from_xlsx(as_xlsx(rows), most=1) == rows[:1]


def test_formulas_are_read_as_their_values_and_numbers_as_texts():
    book, out = Workbook(), BytesIO()
    book.active.append(["=1+1", 12, None, True])
    book.save(out)

    assert from_xlsx(out.getvalue(), most=10) == [["", "12", "", "True"]]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"GIF89a", as_csv(ODD), as_xlsx([])[:200]])
def test_what_is_no_workbook_is_said_to_be_none(data):
    with pytest.raises(BadSheetError):
        from_xlsx(data, most=10)


def test_a_small_file_that_unpacks_to_a_large_one_is_not_opened():
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (MOST_UNPACKED + 1))

    with pytest.raises(BadSheetError):
        from_xlsx(out.getvalue(), most=10)


def test_a_zip_that_is_no_workbook():
    out = BytesIO()
    with ZipFile(out, "w") as packed:
        packed.writestr("a.txt", b"a")

    with pytest.raises(BadSheetError):
        from_xlsx(out.getvalue(), most=10)


def test_a_book_has_its_sheets_in_order():
    book = load_workbook(BytesIO(as_book({"数": [["1"]], "定义": [["怎么算", "=x"]]})))

    assert book.sheetnames == ["数", "定义"]
    assert [cell.value for cell in next(book["定义"].rows)] == ["怎么算", "'=x"]
