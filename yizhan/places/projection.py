"""From degrees to units of a drawing: one scale, longitude narrowed by the cosine of latitude."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import cos, radians
from typing import NamedTuple

from yizhan.places.coordinates import Box, Point

WIDTH, HEIGHT, MARGIN, EDGE = 360, 300, 28, 12
LEAST_METRES, MOST_METRES = 300, 80_000
FITTED_METRES = 500
METRES_PER_DEGREE = 111_195


class Spot(NamedTuple):
    """A place on the drawing, in its units."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Projection:
    """From degrees to units of the drawing, and what piece of the earth it shows."""

    centre: Point
    scale: float

    @classmethod
    def of(cls, box: Box, *, margin: int = MARGIN) -> "Projection":
        """The largest map that holds the box inside the margin."""
        centre = Point((box.south + box.north) / 2, (box.west + box.east) / 2)
        least = FITTED_METRES / METRES_PER_DEGREE
        wide = max((box.east - box.west) * cos(radians(centre.latitude)), least)
        tall = max(box.north - box.south, least)
        return cls(centre, min((WIDTH - 2 * margin) / wide, (HEIGHT - 2 * margin) / tall))

    @classmethod
    def exactly(cls, box: Box) -> "Projection":
        """The map of this box to its edges, neither closer nor wider than makes sense."""
        centre = Point((box.south + box.north) / 2, (box.west + box.east) / 2)
        wide = (box.east - box.west) * cos(radians(centre.latitude))
        scale = min(WIDTH / wide, HEIGHT / (box.north - box.south))
        return cls(centre, min(max(scale, _scale(MOST_METRES)), _scale(LEAST_METRES)))

    @classmethod
    def around(cls, points: Iterable[Point]) -> "Projection":
        """The largest map that shows all these points."""
        return cls.of(around(list(points)))

    @property
    def narrow(self) -> float:
        """How much shorter a degree of longitude is than one of latitude here."""
        return cos(radians(self.centre.latitude))

    @property
    def box(self) -> Box:
        """What the drawing shows, in degrees."""
        wide, tall = WIDTH / self.scale / self.narrow / 2, HEIGHT / self.scale / 2
        latitude, longitude = self.centre
        return Box(longitude - wide, latitude - tall, longitude + wide, latitude + tall)

    @property
    def inside(self) -> Box:
        """What the drawing shows well enough to tap: a little less than its box."""
        west, south, east, north = self.box
        wide, tall = EDGE / WIDTH * (east - west), EDGE / HEIGHT * (north - south)
        return Box(west + wide, south + tall, east - wide, north - tall)

    def spot(self, point: Point) -> Spot:
        """Where a point of the earth lies on the drawing."""
        x = (point.longitude - self.centre.longitude) * self.narrow * self.scale + WIDTH / 2
        y = (self.centre.latitude - point.latitude) * self.scale + HEIGHT / 2
        return Spot(round(x, 1), round(y, 1))

    def moved(self, east: float, north: float) -> "Projection":
        """The same map moved by parts of its width and height."""
        box = self.box
        latitude = self.centre.latitude + north * (box.north - box.south)
        longitude = self.centre.longitude + east * (box.east - box.west)
        return replace(self, centre=Point(latitude, longitude))

    def zoomed(self, times: float) -> "Projection | None":
        """The same middle, so many times closer; nothing beyond what makes sense."""
        closer = replace(self, scale=self.scale * times)
        return closer if _scale(MOST_METRES) <= closer.scale <= _scale(LEAST_METRES) else None

    @property
    def per_metre(self) -> float:
        """Units of the drawing for one metre."""
        return self.scale / METRES_PER_DEGREE


def _scale(metres: float) -> float:
    """The scale of a drawing so many metres tall."""
    return HEIGHT / metres * METRES_PER_DEGREE


def around(points: list[Point]) -> Box:
    """The smallest box that holds these points."""
    latitudes, longitudes = zip(*points, strict=True)
    return Box(min(longitudes), min(latitudes), max(longitudes), max(latitudes))


def in_words(box: Box) -> str:
    """The box as it stands in an address: west, south, east, north."""
    return ",".join(f"{edge:.5f}" for edge in box)
