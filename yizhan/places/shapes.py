"""Lines, areas and points of a district's own, as they are kept and as they are drawn."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Any

from yizhan.places.coordinates import Box, Point
from yizhan.places.projection import HEIGHT, WIDTH, Projection, Spot

Parts = tuple[tuple[Point, ...], ...]
BEYOND = 24
NEARLY = 0.8


class Form(StrEnum):
    """The three forms a shape can have."""

    LINE = "line"
    AREA = "area"
    POINT = "point"


@dataclass(frozen=True, slots=True)
class Shape:
    """One river, road, outline or place: its name, its form, and its points in WGS-84."""

    name: str
    form: Form
    parts: Parts

    @property
    def points(self) -> int:
        """How many points it has."""
        return sum(len(part) for part in self.parts)

    @property
    def box(self) -> Box:
        """The smallest box that holds it."""
        every = [point for part in self.parts for point in part]
        latitudes, longitudes = zip(*every, strict=True)
        return Box(min(longitudes), min(latitudes), max(longitudes), max(latitudes))

    def as_row(self) -> list[Any]:
        """As it is kept: longitude first, like GeoJSON, six decimals (a decimetre)."""
        parts = [[[round(p.longitude, 6), round(p.latitude, 6)] for p in one] for one in self.parts]
        return [self.name, str(self.form), parts]

    @classmethod
    def from_row(cls, row: Sequence[Any]) -> "Shape":
        """The shape again."""
        name, form, parts = row
        return cls(name, Form(form), tuple(tuple(Point(y, x) for x, y in one) for one in parts))


@dataclass(frozen=True, slots=True)
class Drawn:
    """The shapes of one layer and their kind, ready to be drawn; `boxes` go with `shapes`."""

    kind: str
    shapes: tuple[Shape, ...]
    boxes: tuple[Box, ...]

    @classmethod
    def of(cls, kind: str, shapes: Iterable[Shape]) -> "Drawn":
        """With the boxes that tell what is far away."""
        kept = tuple(shapes)
        return cls(kind, kept, tuple(shape.box for shape in kept))


@dataclass(frozen=True, slots=True)
class Stroke:
    """A path of the drawing with the spots where its name may stand."""

    kind: str
    form: Form
    path: str
    name: str
    spots: tuple[Spot, ...]


def strokes(layers: Iterable[Drawn], projection: Projection) -> Iterator[Stroke]:
    """What the drawing shows of these layers, and nothing that lies far outside."""
    seen = projection.box
    for layer in layers:
        for shape, box in zip(layer.shapes, layer.boxes, strict=True):
            if not _meet(box, seen):
                continue
            runs = [run for part in shape.parts for run in _runs(part, shape.form, projection)]
            if runs:
                path = "".join(_path(run, shape.form) for run in runs)
                spots = _named_at(runs, shape.form)
                yield Stroke(layer.kind, shape.form, path, shape.name, spots)


def _meet(one: Box, two: Box) -> bool:
    across = one.west <= two.east and two.west <= one.east
    return across and one.south <= two.north and two.south <= one.north


def _runs(part: Sequence[Point], form: Form, projection: Projection) -> list[list[Spot]]:
    """The spots of a part, as pieces that come near the drawing; an area stays whole."""
    spots = _thinned([projection.spot(point) for point in part])
    if form is Form.POINT:
        return [[spot] for spot in spots if _inside(spot)]
    if form is Form.AREA:
        return [spots] if len(spots) > 2 else []
    runs: list[list[Spot]] = [[]]
    for one, two in pairwise(spots):
        if _near(one, two):
            runs[-1] += [two] if runs[-1] else [one, two]
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _thinned(spots: list[Spot]) -> list[Spot]:
    kept = spots[:1]
    for spot in spots[1:-1]:
        if abs(spot.x - kept[-1].x) + abs(spot.y - kept[-1].y) >= NEARLY:
            kept.append(spot)
    return kept + spots[1:][-1:]


def _near(one: Spot, two: Spot) -> bool:
    """Whether the piece between two spots may touch the drawing."""
    across = max(one.x, two.x) >= -BEYOND and min(one.x, two.x) <= WIDTH + BEYOND
    return across and max(one.y, two.y) >= -BEYOND and min(one.y, two.y) <= HEIGHT + BEYOND


def _inside(spot: Spot) -> bool:
    return 0 <= spot.x <= WIDTH and 0 <= spot.y <= HEIGHT


def _path(run: Sequence[Spot], form: Form) -> str:
    if form is Form.POINT:
        return f"M{run[0].x - 3:g} {run[0].y:g}a3 3 0 1 0 6 0a3 3 0 1 0-6 0"
    drawn = "M" + "L".join(f"{spot.x:g} {spot.y:g}" for spot in run)
    return drawn + "Z" if form is Form.AREA else drawn


def _named_at(runs: Sequence[Sequence[Spot]], form: Form) -> tuple[Spot, ...]:
    """Where the name may stand: along a line from its middle on, else in the middle."""
    if form is Form.POINT:
        return (Spot(runs[0][0].x, runs[0][0].y - 8),)
    if form is Form.AREA:
        xs, ys = zip(*runs[0], strict=True)
        return (Spot((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2),)
    halves = [
        Spot((one.x + two.x) / 2, (one.y + two.y) / 2) for run in runs for one, two in pairwise(run)
    ]
    ends = [spot for run in runs for spot in run[1:-1]]
    found = [Spot(spot.x, spot.y + 4) for spot in (*halves, *ends) if _inside(spot)]
    return tuple(sorted(found, key=lambda spot: abs(spot.x - WIDTH / 2) + abs(spot.y - HEIGHT / 2)))
