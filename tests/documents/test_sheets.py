"""Golden: a community's ledger is filled, read back cell by cell, and looks as it did."""

from datetime import UTC, date, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import LONG
from tests.documents.books import LEDGER, cells, read, saved, small
from yizhan.clocks.calendar import BEIJING
from yizhan.demo import ledger_sample as sample
from yizhan.documents.layouts import Layout, fault
from yizhan.documents.ledgers import LEDGERS, Taking
from yizhan.documents.proposing import headings, proposed
from yizhan.documents.sheet_filling import filled

ORDERS = LEDGERS["orders"]
AT = datetime(2026, 11, 2, 1, 12, tzinfo=UTC)
HERE = AT.astimezone(BEIJING).replace(tzinfo=None)
FIXED = {
    "unit": "渭工路社区", "maker": "孙晓梅", "made": "2026年11月22日",
    "period": "2026年11月1日至2026年11月22日", "total": "3",
}  # fmt: skip
MARK = "渭工路社区，社区书记（账号 X）导出"


def rows(many):
    return [
        {
            "number": number, "code": f"CODE{number:03}", "source": "手机点单", "placed": AT,
            "community": "渭工路社区", "name": "王*", "phone": "138****0001", "group": "生活帮扶",
            "category": "小修小补", "brief": f"第 {number} 件", "unit": "第一党支部",
            "dispatched": AT, "accepted": None, "finished": AT, "on_time": "是",
            "result": "已办结", "rating": "满意", "solved": "解决了", "remark": "",
        }
        for number in range(1, many + 1)
    ]  # fmt: skip


@pytest.fixture(scope="module")
def layout():
    return proposed(read(sample.workbook()).active, ORDERS)


def test_the_headings_of_two_rows_are_found(layout):
    assert (layout.first_row, layout.last_row) == (sample.FIRST, sample.LAST)
    assert layout.columns == {
        "number": "A", "code": "B", "source": "C", "placed": "D", "community": "E", "name": "F",
        "phone": "G", "group": "H", "category": "I", "brief": "J", "unit": "K", "dispatched": "L",
        "accepted": "M", "finished": "N", "on_time": "O", "result": "P", "rating": "Q",
        "solved": "R", "remark": "S",
    }  # fmt: skip
    assert layout.fixed == {"unit": "A2", "period": "A2", "maker": "A18", "made": "A18"}
    assert headings(read(sample.workbook()).active, layout)["N"] == "办理情况/办结时间"
    assert fault(read(sample.workbook()), layout, [one.code for one in ORDERS.columns]) == ""


@pytest.mark.parametrize("many", [1, 3, 12, 13, 40])
def test_filled_and_read_back_cell_by_cell(layout, many):
    sheet = read(filled(sample.workbook(), layout, rows(many), fixed=FIXED, mark=MARK)).active
    more = max(0, many - sample.BLANK)
    for row, line in enumerate(rows(many), sample.FIRST):
        for code, letter in layout.columns.items():
            wanted = line[code] or None
            if isinstance(wanted, datetime):
                wanted = HERE
            assert sheet[f"{letter}{row}"].value == wanted
    for row in range(sample.FIRST + many, sample.LAST + more + 1):
        assert {sheet[f"{letter}{row}"].value for letter in layout.columns.values()} == {None}
    assert sheet["A2"].value == ("填报单位：渭工路社区　　统计期间：2026年11月1日至2026年11月22日")
    assert sheet[f"A{18 + more}"].value == (
        "填表人：孙晓梅　　审核人：　　　　　　　　填表日期：2026年11月22日"
    )
    assert sheet[f"D{17 + more}"].value == f"=COUNTA(B5:B{16 + more})"
    assert sheet[f"A{19 + more}"].value == MARK


def test_what_it_looks_like_stays(layout):
    before = read(sample.workbook()).active
    after = read(filled(sample.workbook(), layout, rows(20), fixed=FIXED, mark=MARK)).active
    more = 8

    def looks(cell):
        parts = (cell.font, cell.border, cell.fill, cell.alignment)
        return [*map(repr, parts), cell.number_format]

    for row in range(1, 19):
        new = row + more if row > sample.LAST else row
        assert before.row_dimensions[row].height == after.row_dimensions[new].height
        for column in range(1, 20):
            assert looks(before.cell(row, column)) == looks(after.cell(new, column))
    for row in range(sample.LAST + 1, sample.LAST + more + 1):
        assert after.row_dimensions[row].height == 30
        for column in range(1, 20):
            assert looks(after.cell(row, column)) == looks(before.cell(sample.FIRST, column))
    widths = {letter: one.width for letter, one in before.column_dimensions.items()}
    assert widths == {letter: after.column_dimensions[letter].width for letter in widths}
    assert {str(one) for one in after.merged_cells.ranges} == {
        "A1:S1", "A2:S2", "A3:A4", "B3:B4", "S3:S4", "C3:J3", "K3:P3", "Q3:R3",
        "A25:C25", "A26:S26",
    }  # fmt: skip


def test_the_paper_and_the_rules_stay(layout):
    after = read(filled(sample.workbook(), layout, rows(20), fixed=FIXED, mark=MARK)).active
    setup = after.page_setup

    assert (setup.orientation, setup.paperSize, setup.fitToWidth) == ("landscape", "9", 1) or (
        setup.orientation,
        int(setup.paperSize),
        int(setup.fitToWidth),
    ) == ("landscape", 9, 1)
    assert after.sheet_properties.pageSetUpPr.fitToPage
    assert after.print_title_rows == "$3:$4"
    assert after.print_area == "'点单台账'!$A$1:$S$26"
    assert after.freeze_panes == "C5"
    assert after.page_margins.left == 0.4
    assert after.oddFooter.center.text == f"第 &P 页，共 &N 页\n{MARK}"
    (choice,) = after.data_validations.dataValidation
    assert (str(choice.sqref), choice.formula1) == ("O5:O24", '"是,否"')
    (late,) = after.conditional_formatting
    assert (str(late.sqref), late.rules[0].formula) == ("O5:O24", ['"否"'])


@settings(max_examples=1000 if LONG else 60)
@given(blank=st.integers(1, 9), many=st.integers(0, 40), total=st.booleans(), deep=st.booleans())
def test_rows_put_in_are_as_the_sample_and_the_foot_follows(blank, many, total, deep):
    book, layout = small(blank, total)
    if deep:
        other = book.create_sheet("别的")
        other["A1"] = f"={book.active.title}!A{layout.last_row + 1 + total}"
        other["A2"] = "=B2"
    lines = [{"number": n, "what": f"第 {n} 件", "unit": "支部"} for n in range(1, many + 1)]
    before = cells(book.active)
    done = read(filled(saved(book), layout, lines, fixed={"maker": "孙"}, mark=""))
    sheet, more = done.active, max(0, many - blank)
    last = layout.last_row + more
    after = cells(sheet)

    assert [sheet.cell(3 + n, 2).value for n in range(many)] == [one["what"] for one in lines]
    for row in range(3, last + 1):
        assert sheet.row_dimensions[row].height == 25
        assert after[f"C{row}"][1:] == before["C3"][1:]
    if total:
        assert sheet.cell(last + 1, 4).value == f"=SUM(D3:D{last})"
    foot = last + 1 + total
    assert (sheet.cell(foot, 1).value, sheet.row_dimensions[foot].height) == ("填表人：孙", 33)
    assert {str(one) for one in sheet.merged_cells.ranges} == {"A1:D1", f"A{foot}:B{foot}"}
    if deep:
        assert done["别的"]["A1"].value == f"={sheet.title}!A{foot}"
        assert done["别的"]["A2"].value == "=B2"


HOSTILE = ("=1+1", "+86", "-1", "@SUM(A1)", "\t=1", "=cmd|'/c calc'!A0", "a\x00b", "=" * 40_000)


@pytest.mark.parametrize("value", HOSTILE)
def test_no_value_becomes_a_formula(value):
    book, layout = small()
    data = filled(saved(book), layout, [{"number": 1, "what": value}], fixed={}, mark="")
    sheet, xml = read(data).active, ZipFile(BytesIO(data)).read("xl/worksheets/sheet1.xml")

    assert sheet["B3"].data_type == "s"
    assert sheet["B3"].value[:5] == value.replace("\x00", "")[:5]
    assert xml.count(b"<f>") == 1
    if value[0] in "=+-@\t":
        assert sheet["B3"].quotePrefix


def test_a_formula_of_the_sample_row_is_repeated_for_each_row():
    book, layout = small()
    book.active["D3"] = '=IF(B3="","",LEN(B3))'
    lines = [{"number": n, "what": "灯"} for n in (1, 2, 3)]
    sheet = read(filled(saved(book), layout, lines, fixed={}, mark="")).active

    assert [sheet[f"D{row}"].value for row in (3, 4, 5)] == [
        f'=IF(B{row}="","",LEN(B{row}))' for row in (3, 4, 5)
    ]
    assert sheet["D6"].value == "=SUM(D3:D5)"


def test_merged_cells_of_the_sample_row_are_repeated():
    book, layout = small()
    book.active.merge_cells("C3:D3")
    lines = [{"number": n, "what": "灯", "unit": "支部"} for n in (1, 2)]
    sheet = read(filled(saved(book), layout, lines, fixed={}, mark="")).active

    assert {"C3:D3", "C4:D4"} <= {str(one) for one in sheet.merged_cells.ranges}
    assert sheet["C4"].value == "支部"


def test_a_day_in_a_cell_for_texts_is_a_text():
    book, layout = small()
    book.active["C3"].number_format = "@"
    lines = [{"unit": AT, "what": date(2026, 11, 2)}]
    sheet = read(filled(saved(book), layout, lines, fixed={}, mark="")).active

    assert (sheet["C3"].value, sheet["B3"].value) == (
        "2026-11-02 09:12",
        HERE.replace(hour=0, minute=0),
    )
    assert sheet["B3"].number_format == "yyyy-mm-dd"


@pytest.mark.parametrize(("change", "said"), [
    ({"sheet": "没有"}, "没有这张工作表"),
    ({"first_row": 4, "last_row": 3}, "第一行要在最后一行之前"),
    ({"last_row": 600}, "空行太多"),
    ({"columns": {"what": "B"}}, "至少要对上 2 列"),
    ({"columns": {"what": "B", "unit": "B"}}, "选了两次"),
    ({"columns": {"what": "B", "nothing": "C"}}, "不认识的列"),
    ({"columns": {"what": "B", "unit": "Z"}}, "表格以外"),
    ({"fixed": {"maker": "A3"}}, "在数据行里"),
    ({"fixed": {"maker": "Z99"}}, "表格以外"),
    ({"fixed": {"maker": "=A1"}}, "写得不对"),
    ({"fixed": {"maker": "B5"}}, "后半格"),
])  # fmt: skip
def test_what_does_not_fit_is_said(change, said):
    book, layout = small()
    codes = [one.code for one in LEDGER.columns]
    wrong = Layout(**{**layout.kept(), **change})

    assert said in fault(book, wrong, codes)
    assert fault(book, layout, codes) == ""


def test_cells_merged_down_through_the_data_are_refused():
    book, layout = small(blank=3)
    book.active.merge_cells("D3:D4")

    assert "上下合并" in fault(book, layout, [one.code for one in LEDGER.columns])


def test_a_period_is_said_in_words():
    first, last = date(2026, 11, 1), date(2026, 11, 30)
    said = [Taking(since=a, until=b).period for a in (first, None) for b in (last, None)]

    assert said == ["2026年11月1日至2026年11月30日", "2026年11月1日起", "截至2026年11月30日", ""]
