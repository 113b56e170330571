"""The public list and map: the same stations, open to all, the position used and forgotten."""

import logging
import re
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from yizhan.base.models import Command, Step
from yizhan.base.templatetags import controls
from yizhan.places import screens
from yizhan.places.forms import SearchForm
from yizhan.places.models import Station
from yizhan.places.queries import filter_choices
from yizhan.places.views import finding as views
from yizhan.regions.models import Boundary

Stations = dict[str, Station]
NOON = datetime.fromisoformat("2026-11-23T12:30:00+08:00")
ROWS = re.compile(r'id="s-([A-Z0-9]+)"')
PINS = re.compile(r'class="pin[^"]*" href="/stations/([A-Z0-9]+)/"')
COUNTS = re.compile(r"这里有 (\d+) 处")


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Monday, half past noon."""
    monkeypatch.setattr(views, "now", lambda: NOON)


def page(client: Client, **query: Any) -> str:
    answer = client.get(reverse("places:stations"), query)
    assert answer.status_code == 200
    return answer.content.decode()


def listed(text: str) -> list[str]:
    return ROWS.findall(text)


def mapped(text: str) -> int:
    return len(PINS.findall(text)) + sum(int(count) for count in COUNTS.findall(text))


def test_open_to_everyone_in_region_order(client: Client, stations: Stations) -> None:
    text = page(client)
    assert listed(text) == ["YZ001", "YZ002", "DQ001"]
    assert len(stations) == mapped(text) == 3


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ({"open": "on"}, ["YZ001", "DQ001"]),
        ({"need": "toilet"}, ["YZ002"]),
        ({"need": "toilet_accessible"}, []),
        ({"need": ["drinking_water", "microwave"]}, ["YZ001"]),
        ({"who": "courier"}, ["YZ001", "YZ002"]),
        ({"region": "610302005"}, ["DQ001"]),
        ({"region": "610302002002"}, ["YZ001", "YZ002"]),
        ({"centre": "on"}, ["DQ001"]),
        ({"lat": "34.3652", "lon": "107.1370"}, ["YZ002", "YZ001", "DQ001"]),
        ({"lat": "34.3640", "lon": "107.1352", "open": "on"}, ["YZ001", "DQ001"]),
        ({"area": "107.134,34.363,107.136,34.3645"}, ["YZ001"]),
        (
            {"lat": "north", "need": "spaceship", "area": "x", "who": "?"},
            ["YZ001", "YZ002", "DQ001"],
        ),
    ],
)
def test_filters_hold_for_list_and_map_alike(
    client: Client, stations: Stations, query: dict[str, Any], codes: list[str]
) -> None:
    text = page(client, **query)
    assert stations
    assert listed(text) == codes
    assert mapped(text) == len(codes)
    assert set(PINS.findall(text)) <= set(codes)


def test_a_fault_shows_in_the_list(client: Client, stations: Stations) -> None:
    assert stations
    assert "无障碍厕所坏了，待修" in page(client)


def test_planned_and_closed_stations_are_not_listed(client: Client, stations: Stations) -> None:
    Station.objects.filter(code="YZ001").update(status="planned")
    Station.objects.filter(code="YZ002").update(status="closed")
    assert listed(page(client)) == ["DQ001"]
    assert client.get(stations["YZ001"].get_absolute_url()).status_code == 404
    closed = client.get(stations["YZ002"].get_absolute_url())
    assert "已停用" in closed.content.decode()


def test_the_position_is_neither_stored_nor_logged(
    client: Client, stations: Stations, caplog: pytest.LogCaptureFixture
) -> None:
    assert stations
    before = Step.objects.count(), Command.objects.count()
    with caplog.at_level(logging.DEBUG):
        answer = client.get(reverse("places:stations"), {"lat": "34.31234", "lon": "107.12345"})
    assert (answer["Cache-Control"], answer["Referrer-Policy"]) == ("no-store", "no-referrer")
    kept = [one.getMessage() for one in caplog.records if not one.name.startswith("django.db")]
    assert not [text for text in kept if "34.31234" in text or "107.12345" in text]
    assert not [one.getMessage() for one in caplog.records if "34.31234" in one.getMessage()]
    assert (Step.objects.count(), Command.objects.count()) == before
    assert not client.session.keys()
    assert "34.31234" not in str(answer.cookies)


def test_the_boundary_needs_a_map_review(
    client: Client, stations: Stations, world: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert stations
    ring = [[107.0, 34.2], [107.3, 34.2], [107.3, 34.4], [107.0, 34.2]]
    Boundary.objects.create(region=world.regions["610302"], rings=[ring], source="test")
    assert 'class="boundary line"' not in page(client)
    facts = {"map_review": "GS(2026)1", "code": "610302", "centre": (107.15, 34.362)}
    reviewed = type("Reviewed", (), facts)
    monkeypatch.setattr(views, "profile", lambda: reviewed)
    assert 'class="boundary line"' in page(client)


def test_of_a_long_list_the_first_rows_come_and_all_on_demand(
    client: Client, stations: Stations, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert stations
    monkeypatch.setattr(screens, "FIRST", 2)
    text = page(client)
    assert (len(listed(text)), mapped(text)) == (2, 3)
    assert "先列地图中间的" in text
    assert "看全部 3 处" in text
    every = page(client, all="on")
    assert (listed(every), mapped(every)) == (["YZ001", "YZ002", "DQ001"], 3)


def test_a_resident_sees_the_own_community_first(
    client: Client, stations: Stations, world: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert stations
    monkeypatch.setattr(screens, "FIRST", 2)
    client.force_login(world.aunt_wang)
    text = page(client)
    assert sorted(listed(text)) == ["YZ001", "YZ002"]
    assert "先列渭工路社区附近的" in text


def test_the_list_follows_the_map_also_as_a_fragment(client: Client, stations: Stations) -> None:
    assert stations
    area = "107.134,34.363,107.138,34.366"
    whole = page(client, area=area)
    answer = client.get(reverse("places:stations"), {"area": area}, headers={"HX-Request": "true"})
    part = answer.content.decode()
    assert listed(part) == listed(whole) == ["YZ001", "YZ002"]
    assert mapped(part) == mapped(whole) == 2
    assert "地图这一块有" in part
    assert 'id="places-count" hx-swap-oob="innerHTML"' in part
    assert "<html" not in part
    assert answer["HX-Replace-Url"].endswith("area=107.134%2C34.363%2C107.138%2C34.366")
    assert "HX-Request" in answer["Vary"]


def test_the_nearest_is_named_on_map_and_list(client: Client, stations: Stations) -> None:
    assert stations
    text = page(client, lat="34.3640", lon="107.1352")
    assert "离您最近：渭工路驿站" in text
    assert text.count("，离您最近") == 1
    away = page(client, lat="34.3640", lon="107.1352", area="107.150,34.338,107.160,34.346")
    assert listed(away) == ["DQ001"]
    assert "离您最近" not in away


@pytest.mark.parametrize(
    "area",
    ["", "x", "1,2,3", "107.2,34.3,107.1,34.4", "107,99,108,100", "999,34,999,35", "0,0,0,0"],
)
def test_no_such_piece_of_the_earth_shows_all(
    client: Client, stations: Stations, area: str
) -> None:
    assert len(listed(page(client, area=area))) == len(stations)


@pytest.mark.parametrize("rows", [1, 3])
def test_a_constant_number_of_queries(
    client: Client, stations: Stations, django_assert_num_queries: Any, rows: int
) -> None:
    kept = list(stations)[:rows]
    Station.objects.exclude(code__in=kept).update(status="closed")
    with django_assert_num_queries(9):
        text = page(client, lat="34.36", lon="107.15")
    assert len(listed(text)) == rows
    with django_assert_num_queries(7):
        client.get(stations[kept[0]].get_absolute_url())


def test_the_page_of_one_station(client: Client, stations: Stations) -> None:
    text = client.get(stations["YZ002"].get_absolute_url()).content.decode()
    assert "14:00 开" in text
    assert "08:30–12:00" in text
    assert f'{reverse("orders:place")}?station=YZ002"' in text
    assert f'{reverse("orders:place")}?station=YZ002&amp;category=station_fault"' in text
    assert 'href="tel:0917-0001001"' in text
    assert text.count('rel="noopener noreferrer"') == 4
    assert client.get("/stations/yz002/").status_code == 200
    assert client.get("/stations/NOPE/").status_code == 404


def test_the_plate_carries_the_address(client: Client, stations: Stations) -> None:
    text = client.get(reverse("places:plate", args=["YZ002"])).content.decode()
    assert "http://testserver/stations/YZ002/" in text
    assert "<svg" in text
    assert "周一至周五" in text
    assert stations["YZ002"].name in text


def test_a_control_is_drawn_as_django_draws_it(stations: Stations) -> None:
    sent = {"region": "610302005", "who": "courier", "need": ["toilet", "microwave"]}
    form = SearchForm(QueryDict(urlencode(sent, doseq=True)), choices=filter_choices())
    assert stations

    for name in ("region", "who"):
        ours, theirs = controls.select(form[name], {"class": "in"}), form[name].as_widget()
        assert ours.count(" selected>") == 1
        assert_same(ours.replace(' class="in"', ""), theirs)
    for one in form["need"].subwidgets:
        assert_same(controls.tick(one.data), one.tag())


def assert_same(ours: str, theirs: str) -> None:
    assert re.sub(r">\s+<", "><", ours) == re.sub(r">\s+<", "><", theirs.strip())
