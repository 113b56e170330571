"""Stations as JSON and GeoJSON, with the same rules as the pages."""

from typing import Any

import pytest
from django.test import Client

from yizhan.places.models import Station

Stations = dict[str, Station]


def test_the_list_without_a_key(client: Client, stations: Stations) -> None:
    answer = client.get("/api/stations").json()
    assert answer["count"] == len(stations) == 3
    first = answer["stations"][0]
    assert (first["code"], first["type_name"], first["region_name"]) == (
        "YZ001",
        "岗亭式",
        "渭工路社区",
    )
    assert first["url"] == "http://testserver/stations/YZ001/"
    assert answer["data"] is None


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("need=toilet", ["YZ002"]),
        ("need=drinking_water&need=microwave", ["YZ001"]),
        ("who=courier", ["YZ001", "YZ002"]),
        ("region=610302005", ["DQ001"]),
        ("centre=true", ["DQ001"]),
        ("lat=34.3652&lon=107.1370", ["YZ002", "YZ001", "DQ001"]),
    ],
)
def test_the_same_filters(client: Client, stations: Stations, query: str, codes: list[str]) -> None:
    assert stations
    rows = client.get(f"/api/stations?{query}").json()["stations"]
    assert [one["code"] for one in rows] == codes


def test_a_bad_filter_is_named(client: Client, stations: Stations) -> None:
    assert stations
    assert client.get("/api/stations?lat=99").status_code == 422


def test_one_station(client: Client, stations: Stations) -> None:
    assert stations
    one = client.get("/api/stations/YZ002").json()["station"]
    states = {row["code"]: row["state"] for row in one["facilities"]}
    assert states == {"drinking_water": "ok", "toilet": "ok", "toilet_accessible": "fault"}
    assert client.get("/api/stations/NOPE").status_code == 404


def test_planned_stations_are_nobody_elses(client: Client, stations: Stations) -> None:
    Station.objects.filter(code="YZ001").update(status="planned")
    assert stations
    assert client.get("/api/stations/YZ001").status_code == 404


def test_geojson_is_longitude_first(client: Client, stations: Stations) -> None:
    answer = client.get("/api/stations.geojson?need=toilet").json()
    assert answer["type"] == "FeatureCollection"
    (feature,) = answer["features"]
    assert (feature["type"], feature["id"]) == ("Feature", "YZ002")
    station = stations["YZ002"]
    assert feature["geometry"] == {
        "type": "Point",
        "coordinates": [station.longitude, station.latitude],
    }
    assert feature["properties"]["name"] == station.name


def test_a_demo_says_so(client: Client, stations: Stations, settings: Any) -> None:
    settings.DEMO = True
    assert stations
    for path in ("/api/stations", "/api/stations.geojson", "/api/stations/YZ001"):
        assert client.get(path).json()["data"] == "演示数据"


@pytest.mark.parametrize("rows", [1, 3])
def test_a_constant_number_of_queries(
    client: Client, stations: Stations, django_assert_num_queries: Any, rows: int
) -> None:
    Station.objects.exclude(code__in=list(stations)[:rows]).update(status="closed")
    with django_assert_num_queries(7):
        answer = client.get("/api/stations").json()
    assert answer["count"] == rows
