"""Stations of the small world: three in one community, with hours and facilities."""

import json
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from tests.world import NOON, SINCE
from yizhan.base.actor import CLOCK
from yizhan.people.acting import actor_for
from yizhan.people.models import Person, Post
from yizhan.places.coordinates import Point
from yizhan.places.models import Station
from yizhan.places.operations import import_stations, load_reference
from yizhan.places.operations.layers import Upload
from yizhan.places.rows import COLUMNS
from yizhan.places.shapes import Form, Shape

TODAY = date(2026, 11, 22)
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


@pytest.fixture
def keeper(world: Any) -> SimpleNamespace:
    """Who keeps the stations of the whole district: a person, and the actor they are."""
    person = Person(name="郝明远", home=world.weigong, phone_verified_at=NOON)
    person.set_phone("13800000091")
    person.set_unusable_password()
    person.save()
    post = Post.objects.create(
        person=person, role="keeper", unit=world.units["D"], since_date=SINCE
    )
    post.unit = world.units["D"]
    return SimpleNamespace(person=person, by=actor_for(person, post))


RIVER = Shape("渭河", Form.LINE, ((Point(34.36, 107.10), Point(34.355, 107.20)),))


def upload(**given: Any) -> Upload:
    """A river in two points, from today on."""
    values: dict[str, Any] = {
        "name": "河流",
        "kind": "river",
        "source": "测试",
        "shapes": (RIVER,),
        "since": TODAY,
    }
    return Upload(**(values | given))


def geojson(*features: dict[str, Any]) -> bytes:
    """A file of these features."""
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def feature(kind: str, coordinates: Any, **properties: Any) -> dict[str, Any]:
    """One feature of a file."""
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "properties": properties, "geometry": geometry}
