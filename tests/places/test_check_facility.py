"""A keeper writes down how a facility was found; everyone sees it at once."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.places.conftest import sign_in
from yizhan.base.verdict import Refused
from yizhan.places.models import Facility, Station
from yizhan.places.operations import check_facility

Stations = dict[str, Station]


@pytest.fixture
def microwave(stations: Stations) -> Facility:
    return Facility.objects.get(station=stations["YZ001"], kind__code="microwave")


def test_a_fault_is_kept_with_who_and_when(microwave: Facility, world: Any, at: datetime) -> None:
    station = check_facility(facility=microwave, state="fault", by=world.by.qian, at=at, version=1)
    microwave.refresh_from_db()
    assert station == microwave.station
    assert (microwave.state, microwave.checked_at, microwave.version) == ("fault", at, 2)
    assert microwave.checked_by_id == world.by.qian.post_id
    step = microwave.steps.get()
    assert (step.kind, step.region_code) == ("checked", "610302002002")
    assert step.facts == {"kind_code": "microwave", "from": "ok", "to": "fault"}


def test_a_stale_page_is_told_what_is_true_now(
    microwave: Facility, world: Any, at: datetime
) -> None:
    check_facility(facility=microwave, state="fault", by=world.by.qian, at=at, version=1)
    with pytest.raises(Refused) as caught:
        check_facility(facility=microwave, state="removed", by=world.by.ma, at=at, version=1)
    assert (caught.value.code, caught.value.reason) == ("stale", "热饭刚被别人改为「坏了，待修」")


@pytest.mark.parametrize("who", ["feng", "chen", "aunt_wang"])
def test_nobody_else(microwave: Facility, world: Any, at: datetime, who: str) -> None:
    with pytest.raises(Refused) as caught:
        check_facility(facility=microwave, state="fault", by=getattr(world.by, who), at=at)
    assert caught.value.code == "not_yours"


def test_the_page_and_what_residents_see(
    client: Client, stations: Stations, microwave: Facility, world: Any
) -> None:
    sign_in(client, world.qian)
    page = reverse("places:keep", args=["YZ001"])
    assert client.get(page).status_code == 200
    answer = client.post(
        reverse("places:check_facility", args=["YZ001"]),
        {"facility": "microwave", "state": "fault", "version": "1", "command_id": "a"},
    )
    assert (answer.status_code, answer["Location"]) == (302, page)
    assert "坏了，待修" in client.get(stations["YZ001"].get_absolute_url()).content.decode()
    again = client.post(
        reverse("places:check_facility", args=["YZ001"]),
        {"facility": "microwave", "state": "fault", "version": "1", "command_id": "a"},
    )
    assert again.status_code == 302
    microwave.refresh_from_db()
    assert microwave.version == 2
    late = client.post(
        reverse("places:check_facility", args=["YZ001"]),
        {"facility": "microwave", "state": "ok", "version": "1", "command_id": "b"},
    )
    assert late.status_code == 409
    assert "刚被别人改为" in late.content.decode()


def test_404_outside_the_scope(client: Client, stations: Stations, world: Any) -> None:
    assert stations
    sign_in(client, world.qian)
    given = {"facility": "meeting_room", "state": "fault", "version": "1"}
    for name in ("check_facility", "check_all", "close_for", "reopen_early", "edit"):
        url = reverse(f"places:{name}", args=["DQ001"])
        assert client.post(url, given).status_code == 404, name
    assert client.get(reverse("places:keep", args=["DQ001"])).status_code == 404
    client.force_login(world.chen)
    assert client.get(reverse("places:keep", args=["YZ001"])).status_code == 404
    client.logout()
    assert client.get(reverse("places:keep", args=["YZ001"])).status_code == 302
