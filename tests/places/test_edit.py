"""A keeper changes phone, note, partners and tenants; a stale page is refused with both values."""

import re
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.places.conftest import sign_in
from yizhan.base.verdict import Refused
from yizhan.places.models import Station
from yizhan.places.operations import edit

Stations = dict[str, Station]


def test_changes_and_remembers_what_was_there(stations: Stations, world: Any, at: datetime) -> None:
    values = {"phone": "0917-0009999", "tenants": "咖啡店", "name": "不能改"}
    station = edit(station=stations["YZ001"], values=values, version=1, by=world.by.qian, at=at)
    station.refresh_from_db()
    assert (station.phone, station.tenants, station.name) == (
        "0917-0009999",
        "咖啡店",
        "渭工路驿站",
    )
    step = station.steps.last()
    assert step is not None
    assert (step.kind, step.facts["fields"]) == ("edited", ["phone", "tenants"])
    assert step.remark is not None
    assert "0917-0001001" in step.remark.text.open()


def test_nothing_changed_leaves_no_step(stations: Stations, world: Any, at: datetime) -> None:
    values = {"phone": stations["YZ001"].phone}
    station = edit(station=stations["YZ001"], values=values, version=1, by=world.by.qian, at=at)
    assert (station.version, station.steps.count()) == (1, 1)


def test_stale_names_both_values(stations: Stations, world: Any, at: datetime) -> None:
    edit(station=stations["YZ001"], values={"phone": "1"}, version=1, by=world.by.qian, at=at)
    with pytest.raises(Refused) as caught:
        edit(station=stations["YZ001"], values={"phone": "2"}, version=1, by=world.by.ma, at=at)
    assert caught.value.code == "stale"
    assert "电话现在是「1」，您填的是「2」" in caught.value.reason


def test_nobody_else(stations: Stations, world: Any, at: datetime) -> None:
    with pytest.raises(Refused) as caught:
        edit(station=stations["YZ001"], values={}, version=1, by=world.by.feng, at=at)
    assert caught.value.code == "not_yours"


def test_the_form_shows_both_values_and_can_be_sent_again(
    client: Client, stations: Stations, world: Any
) -> None:
    assert stations
    sign_in(client, world.qian)
    url = reverse("places:edit", args=["YZ001"])
    given = {"phone": "0917-1", "indoor_note": "", "partners": "", "tenants": "", "version": "1"}
    assert client.post(url, given).status_code == 302
    late = client.post(url, {**given, "phone": "0917-2"})
    page = late.content.decode()
    assert late.status_code == 409
    assert "电话现在是「0917-1」，您填的是「0917-2」" in page
    assert 'name="version" value="2"' in page
    assert 'value="0917-2"' in page
    assert client.post(url, {**given, "phone": "0917-2", "version": "2"}).status_code == 302
    assert Station.objects.get(code="YZ001").phone == "0917-2"


def test_notes_are_seen_first_as_others_will_read_them(
    client: Client, stations: Stations, world: Any
) -> None:
    assert stations
    sign_in(client, world.qian)
    url = reverse("places:edit", args=["YZ001"])
    given = {"phone": "13800001234", "indoor_note": "找张建国拿钥匙", "version": "1"}
    first = client.post(url, given)
    page = first.content.decode()
    assert first.status_code == 422
    assert "别人会看到：<b>找张**拿钥匙</b>" in page
    seen = dict(re.findall(r'name="(indoor_note-seen)" value="([^"]*)"', page))
    assert client.post(url, {**given, **seen}).status_code == 302
    kept = Station.objects.get(code="YZ001")
    assert (kept.indoor_note, kept.phone) == ("找张**拿钥匙", "13800001234")


def test_the_operation_asks_about_what_changes(
    stations: Stations, world: Any, at: datetime
) -> None:
    Station.objects.filter(code="YZ001").update(partners="找张建国")
    station = Station.objects.get(code="YZ001")
    values = {"partners": "找张建国", "tenants": "找李玉兰"}
    with pytest.raises(Refused) as caught:
        edit(station=station, values=values, version=1, by=world.by.qian, at=at)
    assert caught.value.code == "personal_data"
    kept = {"李玉兰": "agreed"}
    edit(station=station, values=values, version=1, kept=kept, by=world.by.qian, at=at)
    step = station.steps.last()
    assert step is not None
    assert step.facts["fields"] == ["tenants"]
    assert step.facts["kept"] == ["name:agreed"]
