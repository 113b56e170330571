"""A closing ends before its last day: from that moment the usual hours hold."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.places.conftest import sign_in
from yizhan.base.verdict import Refused
from yizhan.places.models import Station
from yizhan.places.operations import close_for, reopen_early

Stations = dict[str, Station]
TODAY = date(2026, 11, 22)


def fresh(station: Station) -> Station:
    return Station.objects.in_full().get(pk=station.pk)


def close(station: Station, by: Any, at: datetime, last: date = TODAY) -> Station:
    return close_for(station=station, first=TODAY, last=last, reason="停水检修", by=by, at=at)


def test_open_again_early(stations: Stations, world: Any, at: datetime) -> None:
    station = close(stations["YZ001"], world.by.qian, at)
    closing = station.exceptions.get()
    later = at + timedelta(hours=1)
    reopen_early(station=station, closing_id=closing.pk, by=world.by.ma, at=later)
    assert fresh(station).state_at(later).is_open
    assert [step.kind for step in station.steps] == ["registered", "closed_for", "reopened_early"]
    with pytest.raises(Refused) as caught:
        reopen_early(station=station, closing_id=closing.pk, by=world.by.ma, at=later)
    assert caught.value.code == "not_closed"


def test_a_closing_that_is_over_stays(stations: Stations, world: Any, at: datetime) -> None:
    station = close(stations["YZ001"], world.by.qian, at)
    closing = station.exceptions.get()
    with pytest.raises(Refused) as caught:
        reopen_early(
            station=station, closing_id=closing.pk, by=world.by.qian, at=at + timedelta(days=2)
        )
    assert caught.value.code == "not_closed"


@pytest.mark.parametrize("who", ["feng", "zhao", "aunt_wang"])
def test_nobody_else(stations: Stations, world: Any, at: datetime, who: str) -> None:
    station = close(stations["YZ001"], world.by.qian, at)
    closing = station.exceptions.get()
    with pytest.raises(Refused) as caught:
        reopen_early(station=station, closing_id=closing.pk, by=getattr(world.by, who), at=at)
    assert caught.value.code == "not_yours"


def test_the_button(client: Client, stations: Stations, world: Any, at: datetime) -> None:
    station = close(stations["YZ001"], world.by.qian, at, last=TODAY + timedelta(days=60))
    closing = station.exceptions.get()
    sign_in(client, world.qian)
    url = reverse("places:reopen_early", args=["YZ001"])
    assert client.post(url, {"closing": "x"}).status_code == 422
    assert client.post(url, {"closing": str(closing.pk)}).status_code == 302
    closing.refresh_from_db()
    assert closing.ended_at is not None
    again = client.post(url, {"closing": str(closing.pk)})
    assert again.status_code == 409
    assert "已经结束了" in again.content.decode()
