"""按表格导入: a sheet takes the place of all rules of the draft; nothing when a row is bad."""

import pytest

from tests.orders.traces import last, refused
from tests.routing.conftest import step
from yizhan.base.tables import BadRows
from yizhan.routing.operations import import_rules
from yizhan.routing.queries import loaded, read_all
from yizhan.routing.rows import as_rows, named

pytestmark = pytest.mark.django_db


def load(draft, org, at, *rows, version=None):
    draft.refresh_from_db()
    seen = draft.version if version is None else version
    return import_rules(table=draft, rows=rows, version=seen, by=org, at=at)


def test_the_sheet_takes_the_place_of_everything(draft, add, org, at):
    add("daily")
    rows = [
        {"类别": "facility 物业与公共设施", "地区": "610302002 经二路街道", "派给": "P 安居物业",
         "级别": "急", "要上门": "否", "原话里有": "电梯、扶梯", "说明": "先派物业"},
        {"类别": "", "派给": "branch"},
    ]  # fmt: skip

    table = load(draft, org, at, *rows)

    assert [one.said for one in loaded(table).rules] == [
        "「物业与公共设施」，经二路街道，级别是急，不用上门，原话里有「电梯」或「扶梯」，派给安居物业",
        "不论哪一类，全区，派给当地的党支部",
    ]
    table.refresh_from_db()
    assert last(table) == step("imported", org, at, rules=2, ended=1)


def test_what_is_exported_is_read_again_as_the_same(draft, add, org, at):
    add("facility", region="610302002", unit="P", words=["电梯"], level="urgent", note="先派物业")
    add("daily", kind="team", outside_hours=True)
    before = loaded(draft)
    notes = dict(draft.rules.active().values_list("pk", "note"))

    rows, missing = named(as_rows(before.rules, notes))
    load(draft, org, at, *rows)

    assert missing == []
    assert [one.said for one in loaded(draft).rules] == [one.said for one in before.rules]
    assert [row.note for row in draft.rules.active()] == ["先派物业", ""]


def test_every_bad_cell_is_named_and_nothing_is_changed(draft, add, org, at):
    kept = add("daily")
    rows = [
        {"类别": "dragons", "地区": "999", "派给": "branch"},
        {"级别": "火", "要上门": "也许", "驿站类型": "castle", "派给": "Z9"},
        {"级别": "火", "驿站类型": "castle", "派给": "", "说明": "问13800001234"},
    ]

    with pytest.raises(BadRows) as bad:
        load(draft, org, at, *rows)

    assert [str(one) for one in bad.value.errors] == [
        "第 2 行：没有代码是「dragons」的类别",
        "第 2 行：没有代码是「999」的地区",
        "第 3 行：「要上门」只能写是或否，不能写「也许」",
        "第 3 行：没有代码是「Z9」的单位，也没有这种单位",
        "第 4 行：没有「火」这种级别",
        "第 4 行：没有「castle」这种驿站类型",
        "第 4 行：「派给」不能空着",
        "第 4 行：「说明」里有电话号码，别人会看到，请先去掉",
    ]
    assert list(draft.rules.active()) == [kept]
    assert [str(one) for one in read_all([])[1]] == ["第 2 行：表里一条也没有"]


def test_only_as_the_draft_was_seen(world, draft, add, org, at):
    add("daily")
    with refused("stale", "您看过表格以后，草稿又改过了。请再上传一次，看过再导入"):
        load(draft, org, at, {"派给": "branch"}, version=1)
    with refused("no_power", "派单目录由区里的业务管理部门来定，您的岗位没有这项权限"):
        load(draft, world.by.zhou, at, {"派给": "branch"})


def test_the_head_names_its_columns():
    rows, missing = named([["类别", "派给"], ["daily", "branch"], ["", " "]])

    assert rows == [{"类别": "daily", "派给": "branch"}]
    assert missing[0] == "缺少这一列：地区"
    assert named([])[0] == []
