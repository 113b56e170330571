"""Distances, and the shift of Chinese map services against known offsets."""

from urllib.parse import parse_qs, urlsplit

import pytest

from yizhan.places.coordinates import Point, bd09, gcj02, metres_between
from yizhan.places.links import routes_to
from yizhan.places.models import Station

CROSSING = Point(34.3691, 107.1502)


def test_the_known_shift_at_the_crossing() -> None:
    shifted = gcj02(CROSSING)
    assert round(metres_between(CROSSING, shifted)) == 463
    east = metres_between(CROSSING, Point(CROSSING.latitude, shifted.longitude))
    south = metres_between(CROSSING, Point(shifted.latitude, CROSSING.longitude))
    assert (round(east), round(south)) == (440, 143)
    assert shifted.longitude > CROSSING.longitude
    assert shifted.latitude < CROSSING.latitude


def test_baidu_lies_further_north_east() -> None:
    baidu, shifted = bd09(CROSSING), gcj02(CROSSING)
    assert 0.005 < baidu.longitude - shifted.longitude < 0.008
    assert 0.005 < baidu.latitude - shifted.latitude < 0.008


@pytest.mark.parametrize(
    ("one", "two", "metres"),
    [
        (CROSSING, CROSSING, 0),
        (Point(0, 0), Point(0, 1), 111_195),
        (Point(34, 107), Point(35, 107), 111_195),
        (Point(34.3691, 107.1502), Point(34.3640, 107.1352), 1489),
    ],
)
def test_distances(one: Point, two: Point, metres: int) -> None:
    assert abs(metres_between(one, two) - metres) < 2


def test_each_map_gets_its_own_coordinates() -> None:
    station = Station(code="YZ001", name="渭工路驿站", address="渭工路", latitude=34.3691)
    station.longitude = 107.1502
    amap, tencent, baidu, apple = (urlsplit(route.url) for route in routes_to(station))
    assert parse_qs(amap.query)["to"] == ["107.154995,34.367814,渭工路驿站"]
    assert parse_qs(tencent.query)["tocoord"] == ["34.367814,107.154995"]
    assert parse_qs(baidu.query)["location"] == ["34.374128,107.161406"]
    assert parse_qs(apple.query)["daddr"] == ["34.367814,107.154995"]
    hosts = [part.hostname for part in (amap, tencent, baidu, apple)]
    assert hosts == ["uri.amap.com", "apis.map.qq.com", "api.map.baidu.com", "maps.apple.com"]
    assert {part.scheme for part in (amap, tencent, baidu, apple)} == {"https"}
