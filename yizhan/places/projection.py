"""From degrees to units of a drawing: one scale, longitude narrowed by the cosine of latitude."""

from dataclasses import dataclass
from math import cos, radians
from typing import NamedTuple

from yizhan.places.coordinates import Point
from yizhan.places.queries import Box

WIDTH, HEIGHT, MARGIN = 360, 300, 28
LEAST_METRES = 500
METRES_PER_DEGREE = 111_195


class Spot(NamedTuple):
    """A place on the drawing, in its units."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Projection:
    """From degrees to units of the drawing."""

    centre: Point
    scale: float

    @classmethod
    def of(cls, box: Box) -> "Projection":
        """The largest map that holds the box inside the margin."""
        centre = Point((box.south + box.north) / 2, (box.west + box.east) / 2)
        least = LEAST_METRES / METRES_PER_DEGREE
        wide = max((box.east - box.west) * cos(radians(centre.latitude)), least)
        tall = max(box.north - box.south, least)
        return cls(centre, min((WIDTH - 2 * MARGIN) / wide, (HEIGHT - 2 * MARGIN) / tall))

    def spot(self, point: Point) -> Spot:
        """Where a point of the earth lies on the drawing."""
        narrow = cos(radians(self.centre.latitude))
        x = (point.longitude - self.centre.longitude) * narrow * self.scale + WIDTH / 2
        y = (self.centre.latitude - point.latitude) * self.scale + HEIGHT / 2
        return Spot(round(x, 1), round(y, 1))

    @property
    def per_metre(self) -> float:
        """Units of the drawing for one metre."""
        return self.scale / METRES_PER_DEGREE
