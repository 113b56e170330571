"""Loading the list of stations, and the words it uses."""

from datetime import datetime
from typing import Any

import pytest

from tests.places.conftest import ROWS, row
from yizhan.base.actor import ANONYMOUS, CLOCK
from yizhan.base.steps import Step
from yizhan.base.tables import BadRows
from yizhan.base.verdict import Refused
from yizhan.places.models import Facility, Station
from yizhan.places.operations import check_facility, import_stations
from yizhan.places.operations.register import Imported

Stations = dict[str, Station]


def load(rows: list[dict[str, str]], at: datetime) -> Imported:
    return import_stations(rows=rows, by=CLOCK, at=at)


def test_what_a_row_becomes(stations: Stations) -> None:
    station = stations["YZ002"]
    assert (station.type.name, station.get_calendar_display()) == ("公厕配套", "按工作日")
    assert station.keeper_unit is not None
    assert station.keeper_unit.code == "C"
    assert [str(span) for span in station.weekly_spans.order_by("opens")] == [
        "12345 08:30–12:00",
        "12345 14:00–18:00",
    ]
    kept = {row.kind.code: (row.quantity, row.state) for row in station.facilities.all()}
    assert kept == {
        "drinking_water": (1, "ok"),
        "toilet": (6, "ok"),
        "toilet_accessible": (1, "fault"),
    }
    assert [step.kind for step in station.steps] == ["registered"]
    assert [term.code for term in station.audiences.all()] == ["resident", "courier"]


def test_the_second_time_changes_nothing(stations: Stations, at: datetime) -> None:
    before = Step.objects.count()
    assert load(ROWS, at) == Imported(added=0, changed=0, unchanged=len(stations))
    assert Step.objects.count() == before


def test_a_changed_row_leaves_a_step(stations: Stations, at: datetime) -> None:
    changed = {**ROWS[0], "name": "渭工路总站", "hours": "1-7 06:00-23:00"}
    assert load([changed], at) == Imported(added=0, changed=1, unchanged=0)
    station = Station.objects.get(code="YZ001")
    assert station.name == "渭工路总站"
    assert [span.opens for span in station.weekly_spans.all()] == [360]
    last = station.steps.last()
    assert last is not None
    assert (last.kind, last.facts) == ("updated", {"fields": ["name"]})
    assert stations["YZ001"].pk == station.pk


def test_what_keepers_found_stays(stations: Stations, world: Any, at: datetime) -> None:
    microwave = Facility.objects.get(station=stations["YZ001"], kind__code="microwave")
    check_facility(facility=microwave, state="removed", by=world.by.qian, at=at)
    assert load(ROWS, at).unchanged == 3
    microwave.refresh_from_db()
    assert microwave.state == "removed"


def test_a_facility_no_longer_listed_is_removed(stations: Stations, at: datetime) -> None:
    assert load([{**ROWS[0], "facilities": "drinking_water"}], at).changed == 1
    assert load([{**ROWS[0], "facilities": "drinking_water"}], at).unchanged == 1
    present = Facility.objects.present().filter(station=stations["YZ001"])
    assert [one.kind.code for one in present] == ["drinking_water"]


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"code": "yz 1"}, "编号「yz 1」不对"),
        ({"code": "YZ001"}, "前面已经出现过"),
        ({"name": ""}, "name 不能空着"),
        ({"address": ""}, "address 不能空着"),
        ({"indoor_note": "问13800001234"}, "indoor_note 里有电话号码"),
        ({"tenants": "找张建国"}, "tenants 里有姓名"),
        ({"name": "长" * 41}, "name 超过 40 个字"),
        ({"type": "castle"}, "不认识的类型「castle」"),
        ({"build": "old"}, "build 不认识「old」"),
        ({"region_code": "610302999999"}, "没有代码是「610302999999」的社区"),
        ({"region_code": "610302002"}, "没有代码是「610302002」的社区"),
        ({"latitude": "north"}, "经纬度要写成数字"),
        ({"latitude": "107.1", "longitude": "34.3", "area_m2": ""}, "不在地球上"),
        ({"area_m2": "about 40"}, "面积「about 40」"),
        ({"is_centre": "yes"}, "is_centre 只能写 1 或 0"),
        ({"opened_date": "2026/1/1"}, "日期「2026/1/1」"),
        ({"hours": "1-5 08:30-12:00; 3 11:00-13:00"}, "周三 08:30–12:00 与周三 11:00–13:00 重叠"),
        ({"hours": "8 08:30-12:00"}, "只有「节假日另定」"),
        ({"facilities": "spaceship"}, "不认识的设施「spaceship」"),
        ({"facilities": "seat seat:2"}, "设施「seat」写了两次"),
        ({"services": "magic"}, "services 不认识「magic」"),
    ],
)
def test_each_bad_row_is_named_and_nothing_changes(
    stations: Stations, at: datetime, given: dict[str, str], reason: str
) -> None:
    good = {**ROWS[0], "name": "新名字"}
    with pytest.raises(BadRows) as caught:
        load([good, row("YZ009", "坏的一行") | given], at)
    assert [(error.line, reason in error.reason) for error in caught.value.errors] == [(3, True)]
    assert Station.objects.count() == len(stations)
    assert Station.objects.get(code="YZ001").name == "渭工路驿站"


def test_a_missing_column_is_named(stations: Stations, at: datetime) -> None:
    short = {key: value for key, value in ROWS[0].items() if key != "hours"}
    with pytest.raises(BadRows, match="缺少列 hours"):
        load([short], at)
    assert stations


def test_only_the_system_and_its_administrator(
    stations: Stations, world: Any, at: datetime
) -> None:
    for by in (ANONYMOUS, world.by.qian):
        with pytest.raises(Refused) as caught:
            import_stations(rows=ROWS, by=by, at=at)
        assert caught.value.code == "not_yours"
    assert stations
