"""Stations of the small world: three in one community, with hours and facilities."""

from datetime import datetime
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from yizhan.base.actor import CLOCK
from yizhan.places.models import Station
from yizhan.places.operations import import_stations, load_reference
from yizhan.places.rows import COLUMNS

WEIGONG, QIAONAN = "610302002002", "610302005013"
PLAIN = {
    "type": "kiosk",
    "build": "new",
    "status": "open",
    "region_code": WEIGONG,
    "address": "渭工路路口",
    "latitude": "34.3640",
    "longitude": "107.1352",
    "area_m2": "40",
    "phone": "0917-0001001",
    "services": "volunteer",
    "audiences": "resident courier",
    "calendar": "daily",
    "hours": "1-7 07:00-22:00",
    "facilities": "drinking_water seat:8 phone_charging microwave",
    "keeper": "C",
}


def row(code: str, name: str, **given: str) -> dict[str, str]:
    """A line of a station list."""
    return dict.fromkeys(COLUMNS, "") | PLAIN | {"code": code, "name": name} | given


ROWS = [
    row("YZ001", "渭工路驿站"),
    row(
        "YZ002",
        "渭工路公厕驿站",
        type="toilet",
        latitude="34.3652",
        longitude="107.1370",
        facilities="drinking_water toilet:6 toilet_accessible!",
        calendar="workdays",
        hours="1-5 08:30-12:00,14:00-18:00",
    ),
    row(
        "DQ001",
        "丽园路社区党群服务中心",
        type="centre",
        is_centre="1",
        region_code=QIAONAN,
        latitude="34.3418",
        longitude="107.1556",
        keeper="C2",
        calendar="apart",
        hours="1-5 08:30-18:00; 8 10:00-12:00",
        audiences="resident",
        facilities="drinking_water meeting_room",
    ),
]


@pytest.fixture
def stations(world: Any, at: datetime) -> dict[str, Station]:
    """The three stations by code."""
    assert world
    load_reference()
    import_stations(rows=ROWS, by=CLOCK, at=at)
    return {station.code: station for station in Station.objects.select_related("region")}


def sign_in(client: Client, person: Any) -> None:
    """Signed in as staff, second factor already set up."""
    TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    client.force_login(person)
