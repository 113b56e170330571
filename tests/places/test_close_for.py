"""A station closes for some days, with a reason that everyone reads."""

import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.places.conftest import sign_in
from yizhan.base.verdict import Refused
from yizhan.places.models import Station
from yizhan.places.operations import close_for

Stations = dict[str, Station]
TODAY = date(2026, 11, 22)


def fresh(station: Station) -> Station:
    return Station.objects.in_full().get(pk=station.pk)


def close(
    station: Station, by: Any, at: datetime, first: date = TODAY, last: date = TODAY
) -> Station:
    return close_for(station=station, first=first, last=last, reason="停水检修", by=by, at=at)


def test_closed_at_once_and_why(stations: Stations, world: Any, at: datetime) -> None:
    station = stations["YZ001"]
    assert fresh(station).state_at(at).is_open
    close(station, world.by.qian, at)
    answer = fresh(station).state_at(at)
    assert (answer.is_open, answer.text) == (False, "停水检修，明天 07:00 开")
    step = station.steps.last()
    closing = station.exceptions.get()
    assert step is not None
    assert (step.kind, step.facts) == (
        "closed_for",
        {"exception": closing.pk, "first": "2026-11-22", "last": "2026-11-22"},
    )


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        (TODAY - timedelta(days=1), TODAY, "bad_dates"),
        (TODAY + timedelta(days=1), TODAY, "bad_dates"),
        (TODAY, TODAY + timedelta(days=92), "too_long"),
    ],
)
def test_refused_dates(
    stations: Stations, world: Any, at: datetime, first: date, last: date, code: str
) -> None:
    with pytest.raises(Refused) as caught:
        close(stations["YZ001"], world.by.qian, at, first, last)
    assert caught.value.code == code


def test_an_overlap_is_named(stations: Stations, world: Any, at: datetime) -> None:
    station = close(stations["YZ001"], world.by.qian, at, TODAY, TODAY + timedelta(days=2))
    with pytest.raises(Refused) as caught:
        close(station, world.by.qian, at, TODAY + timedelta(days=2), TODAY + timedelta(days=3))
    assert caught.value.code == "overlap"
    assert "11月22日–11月24日「停水检修」" in caught.value.reason


def test_only_an_open_station_closes(stations: Stations, world: Any, at: datetime) -> None:
    Station.objects.filter(code="YZ001").update(status="building")
    with pytest.raises(Refused) as caught:
        close(stations["YZ001"], world.by.qian, at)
    assert (caught.value.code, caught.value.reason) == ("not_open", "渭工路驿站现在是「建设中」")


@pytest.mark.parametrize("who", ["feng", "zhao", "aunt_wang"])
def test_nobody_else(stations: Stations, world: Any, at: datetime, who: str) -> None:
    by = getattr(world.by, who)
    with pytest.raises(Refused) as caught:
        close(stations["YZ001"], by, at)
    assert caught.value.code == "not_yours"


def test_the_form(client: Client, stations: Stations, world: Any) -> None:
    sign_in(client, world.qian)
    url = reverse("places:close_for", args=["YZ001"])
    empty = client.post(url, {"first": "", "last": "", "reason": ""})
    assert empty.status_code == 422
    assert "请写明原因" in empty.content.decode()
    past = client.post(url, {"first": "2020-01-01", "last": "2020-01-01", "reason": "停水检修"})
    assert past.status_code == 409
    assert "停水检修" in past.content.decode()
    ahead = client.post(url, {"first": "2099-01-05", "last": "2099-01-05", "reason": "停水检修"})
    assert ahead.status_code == 302
    assert stations["YZ001"].exceptions.get().reason == "停水检修"


def test_a_number_is_seen_first_as_others_will_read_it(
    client: Client, stations: Stations, world: Any
) -> None:
    sign_in(client, world.qian)
    url = reverse("places:close_for", args=["YZ001"])
    sent = {"first": "2099-01-05", "last": "2099-01-05", "reason": "停水，问13800001234"}
    first = client.post(url, sent)
    assert first.status_code == 422
    page = first.content.decode()
    assert "别人会看到：<b>停水，问138****1234</b>" in page
    seen = dict(re.findall(r'name="(reason-seen)" value="([^"]*)"', page))
    assert client.post(url, {**sent, **seen}).status_code == 302
    assert stations["YZ001"].exceptions.get().reason == "停水，问138****1234"


def test_the_operation_asks_too(stations: Stations, world: Any, at: datetime) -> None:
    given = {"station": stations["YZ001"], "first": TODAY, "last": TODAY, "by": world.by.qian}
    with pytest.raises(Refused) as caught:
        close_for(reason="问13800001234", at=at, **given)
    assert caught.value.code == "personal_data"
    station = close_for(reason="问13800001234", kept={"13800001234": "office"}, at=at, **given)
    step = station.steps.last()
    assert step is not None
    assert step.facts["kept"] == ["phone:office"]
