"""Workbooks made to harm, and workbooks of which not everything can be kept."""

import time
import zipfile
from io import BytesIO

import pytest
from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from tests.documents.books import saved, small
from tests.security import hostile
from yizhan.demo import ledger_sample
from yizhan.documents.workbooks import MOST_BYTES, BadWorkbook, is_plain, opened

SHEET = "xl/worksheets/sheet1.xml"


def changed(parts=(), data=None, drop=()):
    """The small workbook with parts added or put in the place of others."""
    out, source = BytesIO(), zipfile.ZipFile(BytesIO(data or saved(small()[0])))
    new = dict(parts)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            if name not in new and name not in drop:
                target.writestr(name, source.read(name))
        for name, body in new.items():
            target.writestr(name, body)
    return out.getvalue()


def of_sheet(old, new):
    body = zipfile.ZipFile(BytesIO(saved(small()[0]))).read(SHEET).decode()
    assert old in body
    return changed({SHEET: body.replace(old, new, 1)})


def types(more):
    body = zipfile.ZipFile(BytesIO(saved(small()[0]))).read("[Content_Types].xml").decode()
    return {"[Content_Types].xml": body.replace("</Types>", f"{more}</Types>")}


def far():
    book = Workbook()
    book.active["A9000"] = "x"
    return saved(book)


HARMFUL = {
    "nothing": lambda: b"",
    "zeros": lambda: b"\0" * 5000,
    "a picture": hostile.jpeg,
    "a zip that is no workbook": lambda: hostile.zipped(1000),
    "a zip bomb": lambda: changed({"xl/bomb.xml": b"0" * (40 * hostile.MEGABYTE)}),
    "a bomb that calls itself small": lambda: hostile.zipped(60 * hostile.MEGABYTE),
    "a thousand parts": lambda: changed({f"xl/{n}.xml": b"x" for n in range(1000)}),
    "more than the limit": lambda: b"PK" + b"\0" * MOST_BYTES,
    "macros": lambda: changed({"xl/vbaProject.bin": b"x"}),
    "macros by their type": lambda: changed(
        types('<Override PartName="/x" ContentType="application/vnd.ms-excel.sheet.macroEnabled"/>')
    ),
    "an embedded file": lambda: changed({"xl/embeddings/oleObject1.bin": b"x"}),
    "a control": lambda: changed({"xl/activeX/activeX1.xml": b"<x/>"}),
    "a macro sheet of Excel 4": lambda: changed({"xl/macrosheets/sheet1.xml": b"<x/>"}),
    "an old or locked file": lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600,
    "laughs by the billion": lambda: changed(
        {"xl/workbook.xml": b'<!DOCTYPE a [<!ENTITY b "ha">]><workbook>&b;</workbook>'}
    ),
    "a document type hidden in UTF-16": lambda: changed(
        {"xl/styles.xml": '<?xml version="1.0"?><!DOCTYPE a><a/>'.encode("utf-16")}
    ),
    "a merged range of everything": lambda: of_sheet('ref="A1:D1"', 'ref="A1:XFD1048576"'),
    "a merged range of a whole row": lambda: of_sheet('ref="A1:D1"', 'ref="1:1"'),
    "a merged range that is none": lambda: of_sheet('ref="A1:D1"', 'ref="A1:"'),
    "a cell far away": far,
    "broken XML": lambda: changed({SHEET: b"<worksheet><sheetData>"}),
    "no sheet": lambda: changed(drop=[SHEET]),
    "a hundred thousand cells": lambda: of_sheet(
        "</sheetData>", '<row r="9">' + "<c/>" * 100_000 + "</row></sheetData>"
    ),
    "numbers that are none": lambda: of_sheet('ref="A1:D1"', 'ref="A1:D9999999999"'),
}  # fmt: skip


@pytest.mark.parametrize("name", HARMFUL)
def test_it_is_refused_quickly_in_a_sentence(name):
    data, start = HARMFUL[name](), time.process_time()
    with pytest.raises(BadWorkbook) as bad:
        opened(data)

    assert time.process_time() - start < 2
    assert any("\u4e00" <= letter <= "\u9fff" for letter in bad.value.reason)


def test_the_sample_loses_nothing():
    assert opened(ledger_sample.workbook()).losses == ()


def test_what_leads_out_is_taken_away_and_said():
    book, _ = small()
    sheet = book.active
    sheet["A9"] = '=WEBSERVICE("http://x")'
    sheet["B9"] = "=[1]别的!A1"
    sheet["C9"] = "=cmd|'/c calc'!A0"
    sheet["D9"] = "=SUM(A1:A2)"
    sheet["A10"] = "网址"
    sheet["A10"].hyperlink = "https://evil.example/"
    choice = DataValidation(type="list", formula1="[1]别的!$A$1:$A$9")
    choice.add("B3")
    sheet.add_data_validation(choice)
    book.defined_names["out"] = DefinedName("out", attr_text="[1]别的!$A$1")
    book.properties.creator = "张三"
    found = opened(saved(book))
    kept = found.book.active

    assert [kept[one].value for one in ("A9", "B9", "C9", "D9")] == [
        None,
        None,
        None,
        "=SUM(A1:A2)",
    ]
    assert (kept["A10"].value, kept["A10"].hyperlink) == ("网址", None)
    assert len(kept.data_validations.dataValidation) == 0
    assert "out" not in found.book.defined_names
    assert found.losses == (
        "Sheet A9 的公式不会保留", "Sheet B9 的公式不会保留", "Sheet C9 的公式不会保留",
        "单元格里的网址链接已去掉，文字还在", "引用别处的下拉选项不会保留",
    )  # fmt: skip
    assert b"evil" not in saved(found.book)
    assert found.book.properties.creator == ""


@pytest.mark.parametrize(("part", "said"), [
    ("xl/charts/chart1.xml", "图表"),
    ("xl/media/image1.png", "图片、徽标"),
    ("xl/pivotTables/pivotTable1.xml", "透视表"),
    ("xl/externalLinks/externalLink1.xml", "别的文件的链接"),
    ("xl/connections.xml", "外部数据连接"),
    ("xl/printerSettings/printerSettings1.bin", "打印机自己的设置"),
])  # fmt: skip
def test_what_is_lost_is_said(part, said):
    (loss,) = opened(changed({part: b"<x/>"})).losses

    assert said in loss


def test_shapes_are_lost_and_said():
    drawing = b'<xdr:wsDr xmlns:xdr="x"><xdr:twoCellAnchor><xdr:sp/></xdr:twoCellAnchor></xdr:wsDr>'

    assert opened(changed({"xl/drawings/drawing1.xml": drawing})).losses == (
        "模板里的图形、文本框、印章不会保留",
    )


@pytest.mark.parametrize(("formula", "plain"), [
    ("=SUM(A1:A9)", True),
    ("=IF(COUNTA(B5:B9)=0,\"\",别的!C1)", True),
    ("=A1+1", True),
    ("=INDIRECT(\"A1\")", False),
    ("=HYPERLINK(\"https://x\",\"x\")", False),
    ("=DDE(\"a\",\"b\",\"c\")", False),
    ("=[book.xlsx]a!A1", False),
    ("=cmd|' /C calc'!A0", False),
    ("=_xlfn.WEBSERVICE(A1)", False),
    ("='\\\\host\\share'!A1", False),
    ("text", False),
    (None, False),
])  # fmt: skip
def test_which_formulas_stay(formula, plain):
    assert is_plain(formula) is plain
