"""Distances, and the shifted coordinates that Chinese map services expect.

Everything is kept in WGS-84. GCJ-02 (高德, 腾讯) and BD-09 (百度) are made only for a map link. The
formulas are the published ones of the GCJ-02 obfuscation on the Krasovsky 1940 ellipsoid.
"""

from collections.abc import Callable
from math import asin, atan2, cos, pi, radians, sin, sqrt
from typing import NamedTuple

EARTH_METRES = 6_371_008.8
KRASOVSKY_A = 6_378_245.0
KRASOVSKY_EE = 0.00669342162296594323
BAIDU_PI = pi * 3000 / 180
ROUNDS = 5


class Point(NamedTuple):
    """Latitude and longitude in degrees."""

    latitude: float
    longitude: float


class Box(NamedTuple):
    """A piece of the map in degrees."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, point: Point) -> bool:
        """Whether the point lies in it."""
        return (
            self.west <= point.longitude <= self.east and self.south <= point.latitude <= self.north
        )


def metres_between(one: Point, two: Point) -> float:
    """The distance on the sphere, by the haversine formula."""
    north = radians(two.latitude - one.latitude)
    east = radians(two.longitude - one.longitude)
    narrow = cos(radians(one.latitude)) * cos(radians(two.latitude))
    return 2 * EARTH_METRES * asin(sqrt(sin(north / 2) ** 2 + narrow * sin(east / 2) ** 2))


def gcj02(point: Point) -> Point:
    """WGS-84 to GCJ-02. Only for points in mainland China."""
    north, east = _shift(point.longitude - 105.0, point.latitude - 35.0)
    tilt = radians(point.latitude)
    magic = 1 - KRASOVSKY_EE * sin(tilt) ** 2
    per_north = KRASOVSKY_A * (1 - KRASOVSKY_EE) / (magic * sqrt(magic)) * pi / 180
    per_east = KRASOVSKY_A / sqrt(magic) * cos(tilt) * pi / 180
    return Point(point.latitude + north / per_north, point.longitude + east / per_east)


def bd09(point: Point) -> Point:
    """WGS-84 to BD-09, by way of GCJ-02."""
    shifted = gcj02(point)
    x, y = shifted.longitude, shifted.latitude
    far = sqrt(x * x + y * y) + 0.00002 * sin(y * BAIDU_PI)
    turn = atan2(y, x) + 0.000003 * cos(x * BAIDU_PI)
    return Point(far * sin(turn) + 0.006, far * cos(turn) + 0.0065)


def unshifted_gcj02(point: Point) -> Point:
    """GCJ-02 to WGS-84, to a centimetre. Only for points in mainland China."""
    return _unshifted(point, gcj02)


def unshifted_bd09(point: Point) -> Point:
    """BD-09 to WGS-84, to a centimetre."""
    return _unshifted(point, bd09)


def _unshifted(point: Point, shifted: Callable[[Point], Point]) -> Point:
    """The point that is shifted to this one: the shift hardly changes, so a few rounds find it."""
    guess = point
    for _ in range(ROUNDS):
        there = shifted(guess)
        guess = Point(
            guess.latitude + point.latitude - there.latitude,
            guess.longitude + point.longitude - there.longitude,
        )
    return guess


def _shift(x: float, y: float) -> tuple[float, float]:
    """Metres to the north and to the east."""
    ripple = (20 * sin(6 * x * pi) + 20 * sin(2 * x * pi)) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x)) + ripple
    north += (20 * sin(y * pi) + 40 * sin(y / 3 * pi)) * 2 / 3
    north += (160 * sin(y / 12 * pi) + 320 * sin(y * pi / 30)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x)) + ripple
    east += (20 * sin(x * pi) + 40 * sin(x / 3 * pi)) * 2 / 3
    east += (150 * sin(x / 12 * pi) + 300 * sin(x / 30 * pi)) * 2 / 3
    return north, east
