"""The stations a post looks after, on one page with a constant number of queries."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.places.conftest import sign_in
from yizhan.places.models import Facility, Station

Stations = dict[str, Station]


def test_only_ones_own(client: Client, stations: Stations, world: Any) -> None:
    Station.objects.filter(code="YZ001").update(status="planned")
    sign_in(client, world.qian)
    text = client.get(reverse("places:kept")).content.decode()
    assert stations["YZ001"].name in text
    assert "规划中" in text
    assert stations["DQ001"].name not in text


def test_nothing_to_keep(client: Client, stations: Stations, world: Any) -> None:
    assert stations
    client.force_login(world.chen)
    assert "没有要管的驿站" in client.get(reverse("places:kept")).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_a_constant_number_of_queries(
    client: Client, stations: Stations, world: Any, django_assert_num_queries: Any, rows: int
) -> None:
    home = stations["YZ001"].region_id
    Station.objects.filter(code__in=list(stations)[:rows]).update(region=home)
    Station.objects.exclude(code__in=list(stations)[:rows]).update(
        region=stations["DQ001"].region_id
    )
    sign_in(client, world.qian)
    client.get(reverse("places:kept"))
    with django_assert_num_queries(9):
        text = client.get(reverse("places:kept")).content.decode()
    assert text.count('scope="row"') == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_the_keeper_page_asks_as_often_for_any_number_of_facilities(
    client: Client, stations: Stations, world: Any, django_assert_num_queries: Any, rows: int
) -> None:
    present = Facility.objects.filter(station=stations["YZ002"]).order_by("kind__position")
    kept = [one.pk for one in present[:rows]]
    present.exclude(pk__in=kept).delete()
    sign_in(client, world.qian)
    url = reverse("places:keep", args=["YZ002"])
    client.get(url)
    with django_assert_num_queries(14):
        text = client.get(url).content.decode()
    assert text.count('name="facility"') == rows
