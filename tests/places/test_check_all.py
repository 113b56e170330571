"""A keeper looked at everything and nothing has changed: one step, every facility dated."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.places.conftest import sign_in
from yizhan.base.verdict import Refused
from yizhan.places.models import Station
from yizhan.places.operations import check_all

Stations = dict[str, Station]


def test_all_at_once_is_one_step(stations: Stations, world: Any, at: datetime) -> None:
    station = check_all(station=stations["YZ001"], by=world.by.qian, at=at)
    assert set(station.facilities.values_list("checked_at", flat=True)) == {at}
    assert [step.kind for step in station.steps] == ["registered", "checked_all"]
    with pytest.raises(Refused):
        check_all(station=station, by=world.by.feng, at=at)


def test_the_button(client: Client, stations: Stations, world: Any) -> None:
    sign_in(client, world.qian)
    answer = client.post(reverse("places:check_all", args=["YZ001"]), {"command_id": "a"})
    assert (answer.status_code, answer["Location"]) == (302, reverse("places:keep", args=["YZ001"]))
    assert not stations["YZ001"].facilities.filter(checked_at=None).exists()
