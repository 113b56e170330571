"""Loading regions: each bad row named, nothing changed when any is bad, changes dated."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from yizhan.base.actor import ANONYMOUS, CLOCK, Actor
from yizhan.base.tables import BadRows
from yizhan.base.verdict import Refused
from yizhan.regions.models import Region
from yizhan.regions.operations import Imported, import_regions
from yizhan.regions.queries import own_streets

PACK = settings.PACKS / "610302" / "regions.csv"
FIRST = date(2026, 1, 1)
Row = dict[str, str]


def row(code: str, name: str, kind: str, parent: str, by: str = "") -> Row:
    return {
        "code": code,
        "name": name,
        "kind": kind,
        "parent_code": parent,
        "administered_by": by,
    }


ROWS = [
    row("999901", "试验区", "district", "9999"),
    row("999901001", "东街街道", "street", "999901"),
    row("999901001001", "东门社区居委会", "community", "999901001"),
]


def load(rows: list[Row] | Path, at: datetime, valid_from: date = FIRST) -> Imported:
    return import_regions(source=rows, valid_from=valid_from, by=CLOCK, at=at)


@pytest.fixture(autouse=True)
def empty(world: object) -> None:
    """Without live regions: the codes of the pack are free, and the rows of the world stay."""
    assert world
    Region.objects.filter(valid_to=None).update(valid_to=FIRST)


def test_loads_the_whole_district(at: datetime) -> None:
    assert load(PACK, at) == Imported(added=139, changed=0, unchanged=0)
    assert load(PACK, at) == Imported(added=0, changed=0, unchanged=139)


def test_the_district_runs_53_communities(at: datetime) -> None:
    load(PACK, at)
    communities = Region.objects.current().communities()
    assert communities.count() == 61
    assert communities.own().count() == 53
    assert Region.objects.current().filter(kind="street").own().count() == 5
    assert Region.objects.current().filter(kind="town").own().count() == 3


def test_own_streets_in_code_order_with_one_query(
    at: datetime, django_assert_num_queries: Any
) -> None:
    load(PACK, at)
    with django_assert_num_queries(1):
        streets = own_streets()
    codes = [street.region.code for street in streets]
    assert codes == sorted(codes)
    assert len(codes) == 8
    assert sum(len(street.communities) for street in streets) == 53
    assert streets[0].region.name == "金陵街道"
    assert streets[0].communities[0].short_name == "新建路东段社区"


def test_the_parent_of_the_district_lies_outside(at: datetime) -> None:
    load(ROWS, at)
    top = Region.objects.current().get(code="999901")
    assert top.parent is None
    street = Region.objects.current().get(code="999901001")
    assert street.parent == top


def test_a_new_name_closes_the_old_row_and_keeps_what_points_at_it(at: datetime) -> None:
    load(ROWS, at)
    before = Region.objects.current().get(code="999901001")
    renamed = [ROWS[0], {**ROWS[1], "name": "新东街街道"}, ROWS[2]]
    assert load(renamed, at, date(2026, 6, 1)) == Imported(added=0, changed=1, unchanged=2)
    live = Region.objects.current().get(code="999901001")
    old = Region.objects.get(code="999901001", valid_to=date(2026, 6, 1))
    assert (live.pk, live.name, live.valid_from) == (before.pk, "新东街街道", date(2026, 6, 1))
    assert (old.name, old.valid_from) == ("东街街道", FIRST)
    assert Region.objects.current().get(code="999901001001").parent == live
    assert Region.objects.on(date(2026, 5, 31)).get(code="999901001").name == "东街街道"
    assert Region.objects.on(date(2026, 6, 1)).get(code="999901001").name == "新东街街道"


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (row("99990100", "短码", "street", "999901"), "街道的代码应是 9 位数字"),
        (row("99990100X", "字母", "street", "999901"), "街道的代码应是 9 位数字"),
        (row("999901009", "怪", "county", "999901"), "不认识的类别「county」"),
        (row("999901001001", "又来", "community", "999901001"), "前面已经出现过"),
        (row("999901009001", "孤儿", "community", "999901009"), "找不到上级「999901009」"),
        (row("999901009001", "错接", "community", "999901001"), "不是「999901009001」的前 9 位"),
        (row("999901001002", "越级", "community", "999901"), "的前 9 位"),
        (row("999901001002", "", "community", "999901001"), "没有名称"),
        (row("999901001002", "长" * 41, "community", "999901001"), "名称超过 40 个字"),
        ({"code": "999901001002"}, "缺少列"),
    ],
)
def test_each_bad_row_is_named_and_nothing_changes(at: datetime, bad: Row, reason: str) -> None:
    with pytest.raises(BadRows) as caught:
        load([*ROWS, bad], at)
    assert [(error.line, reason in error.reason) for error in caught.value.errors] == [(5, True)]
    assert not Region.objects.filter(code__startswith="999901").exists()


def test_all_bad_rows_are_reported_at_once(at: datetime) -> None:
    with pytest.raises(BadRows) as caught:
        load([ROWS[0], row("1", "", "street", "999901"), row("2", "二", "x", "")], at)
    assert [error.line for error in caught.value.errors] == [3, 3, 4]
    assert caught.value.code == "bad_rows"


def test_a_change_cannot_be_older_than_what_it_changes(at: datetime) -> None:
    load(ROWS, at)
    renamed = [ROWS[0], {**ROWS[1], "name": "新东街街道"}]
    with pytest.raises(BadRows, match="不能用更早的日期"):
        load(renamed, at, FIRST - timedelta(days=1))


def test_an_empty_file_is_an_error(at: datetime) -> None:
    with pytest.raises(BadRows, match="没有行"):
        load([], at)


@pytest.mark.parametrize("by", [ANONYMOUS, replace(CLOCK, kind=ANONYMOUS.kind)])
def test_only_the_system_and_its_administrator(at: datetime, by: Actor) -> None:
    with pytest.raises(Refused) as caught:
        import_regions(source=ROWS, valid_from=FIRST, by=by, at=at)
    assert caught.value.code == "not_yours"


def test_not_valid_before_its_day(at: datetime) -> None:
    with pytest.raises(Refused) as caught:
        load(ROWS, at, date(2026, 11, 23))
    assert caught.value.code == "future"
