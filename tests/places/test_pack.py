"""The data pack of the first district: its stations load, cover it, and say the facts."""

import csv
from collections import Counter
from datetime import date, datetime
from typing import Any

import pytest
from django.conf import settings

from yizhan.base.actor import CLOCK
from yizhan.places.models import Station
from yizhan.places.operations import import_stations, load_reference
from yizhan.places.operations.register import Imported
from yizhan.places.queries import Wanted, find
from yizhan.regions.models import Region
from yizhan.regions.operations import import_regions

PACK = settings.PACKS / "610302"
SIX_TYPES = {"kiosk", "toilet", "hall", "park", "compound", "courtyard"}
FUNCTIONAL = {"red_school", "health", "children", "youth", "civ_practice", "mediation"}


def rows(name: str) -> list[dict[str, str]]:
    with (PACK / name).open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture
def loaded(world: Any, at: datetime) -> datetime:
    assert world
    load_reference()
    import_regions(source=PACK / "regions.csv", valid_from=date(2026, 1, 1), by=CLOCK, at=at)
    import_stations(rows=rows("stations.csv"), by=CLOCK, at=at)
    import_stations(rows=rows("centres.csv"), by=CLOCK, at=at)
    return at


def test_covers_every_community_of_the_district(loaded: datetime) -> None:
    own = set(Region.objects.current().own().communities().values_list("code", flat=True))
    stations = Station.objects.filter(is_centre=False, status="open")
    assert len(own) == 53
    assert stations.count() >= 72
    assert set(stations.values_list("region__code", flat=True)) == own
    centres = Station.objects.filter(is_centre=True).values_list("region__code", flat=True)
    assert Counter(centres) == Counter(own)
    assert not Station.objects.filter(is_demo=False).exists()
    again = import_stations(rows=rows("stations.csv"), by=CLOCK, at=loaded)
    assert again == Imported(added=0, changed=0, unchanged=len(rows("stations.csv")))


def test_has_every_type_and_the_known_facts(loaded: datetime) -> None:
    types = set(Station.objects.values_list("type__code", flat=True))
    assert types == SIX_TYPES | FUNCTIONAL | {"centre"}
    kiosk = Station.objects.get(name="经二路商场前驿站")
    assert (kiosk.type.code, kiosk.area_m2) == ("kiosk", 40)
    assert Station.objects.filter(address__contains="高速公路收费站出口").count() == 1
    assert Station.objects.get(name="互联网产业园驿站").type.code == "park"
    assert loaded


def test_all_answers_quickly_with_a_constant_number_of_queries(
    loaded: datetime, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(5):
        found = find(Wanted(), at=loaded)
    assert len(found) == Station.objects.listed().count()
    assert any(one.state.is_open for one in found)
