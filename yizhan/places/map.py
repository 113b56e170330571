"""The map of stations as shapes for one inline SVG: no tiles, no script, north is up.

Degrees become units of the drawing through one scale; longitude is narrowed by the cosine of the
latitude. Marks that would overlap become one cluster, a link to a closer map.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, hypot, radians
from pathlib import Path
from typing import Any

from yizhan.places.coordinates import Point
from yizhan.places.projection import (
    HEIGHT,
    LEAST_METRES,
    METRES_PER_DEGREE,
    WIDTH,
    Projection,
    Spot,
)
from yizhan.places.queries import Box, Found

LETTER = 13
APART = 34
CLOSE_METRES = 3000
SCALES = (20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000)
LONGEST_BAR = 110
LABEL_SPOTS = ((0, 0), (0, -30), (0, 30), (-44, 0), (44, 0), (-40, -26), (40, -26), (0, 46))


CORNERS = ((WIDTH - 20, 20), (WIDTH - 20, 40), (30, HEIGHT - 14), (90, HEIGHT - 14))
FURNITURE = tuple(Spot(x, y) for x, y in CORNERS)


@dataclass(frozen=True, slots=True)
class Pin:
    """One station on the map."""

    x: float
    y: float
    found: Found
    is_nearest: bool


@dataclass(frozen=True, slots=True)
class Cluster:
    """Several stations too close to draw; `area` is the closer map, empty when there is none."""

    x: float
    y: float
    count: int
    open: int
    area: str


@dataclass(frozen=True, slots=True)
class Label:
    """A name on the map."""

    x: float
    y: float
    name: str


@dataclass(frozen=True, slots=True)
class Line:
    """A river, road or outline; a river carries its name somewhere inside the drawing."""

    kind: str
    path: str
    label: Label | None = None


@dataclass(frozen=True, slots=True)
class Map:
    """Everything one SVG shows."""

    pins: tuple[Pin, ...]
    clusters: tuple[Cluster, ...]
    labels: tuple[Label, ...]
    lines: tuple[Line, ...]
    here: Spot | None
    bar: int
    bar_text: str
    width: int = WIDTH
    height: int = HEIGHT


def draw(
    found: Sequence[Found],
    *,
    area: Box | None,
    here: Point | None,
    centre: Point,
    lines: Path,
    outline: Iterable[Sequence[Sequence[float]]] = (),
) -> Map:
    """The map of what was found: of `area` when given, else of all of it, else around `centre`."""
    shown = here if here and area is None and _is_near(found) else None
    points = [one.station.point for one in found] + ([shown] if shown else [])
    projection = Projection.of(area or _around(points or _corners(centre)))
    marks = [(projection.spot(one.station.point), one) for one in found]
    pins, clusters = _clustered(marks, nearest=found[0] if here and found else None)
    drawn: list[Pin | Cluster] = [*pins, *clusters]
    taken = [*FURNITURE, *(Spot(mark.x, mark.y) for mark in drawn)]
    below = list(_lines(lines, projection, taken))
    rivers = [line.label for line in below if line.label]
    bar = max(
        (metres for metres in SCALES if metres * projection.per_metre <= LONGEST_BAR),
        default=SCALES[0],
    )
    spot = projection.spot(here) if here else None
    return Map(
        pins=pins,
        clusters=clusters,
        labels=tuple(_labels(marks, projection, taken, rivers)),
        lines=(*below, *_outline(outline, projection)),
        here=spot if spot and 0 <= spot.x <= WIDTH and 0 <= spot.y <= HEIGHT else None,
        bar=round(bar * projection.per_metre),
        bar_text=f"{bar} 米" if bar < 1000 else f"{bar // 1000} 公里",
    )


def _is_near(found: Sequence[Found]) -> bool:
    return bool(found) and (found[0].metres or 0) < 10_000


def _around(points: Sequence[Point]) -> Box:
    latitudes, longitudes = zip(*points, strict=True)
    return Box(min(longitudes), min(latitudes), max(longitudes), max(latitudes))


def _corners(centre: Point) -> list[Point]:
    """With nothing to show: the middle of the district, some kilometres across."""
    return [Point(centre.latitude + side, centre.longitude + 2 * side) for side in (-0.025, 0.025)]


Mark = tuple[Spot, Found]


def _clustered(
    marks: Sequence[Mark], *, nearest: Found | None
) -> tuple[tuple[Pin, ...], tuple[Cluster, ...]]:
    groups: list[list[Mark]] = [[mark] for mark in marks]
    merged = True
    while merged:
        merged = False
        kept: list[list[Mark]] = []
        for group in groups:
            middle = _middle(group)
            close = next((one for one in kept if _distance(_middle(one), middle) < APART), None)
            if close is None:
                kept.append(group)
            else:
                close.extend(group)
                merged = True
        groups = kept
    pins = [
        Pin(*group[0][0], found=group[0][1], is_nearest=group[0][1] is nearest)
        for group in groups
        if len(group) == 1
    ]
    clusters = [
        Cluster(
            *_middle(group),
            count=len(group),
            open=sum(one.state.is_open for _, one in group),
            area=closer([one for _, one in group]),
        )
        for group in groups
        if len(group) > 1
    ]
    return tuple(pins), tuple(clusters)


def _middle(group: Sequence[Mark]) -> Spot:
    xs, ys = zip(*(spot for spot, _ in group), strict=True)
    return Spot(round(sum(xs) / len(xs), 1), round(sum(ys) / len(ys), 1))


def _distance(one: Spot, two: Spot) -> float:
    return hypot(one.x - two.x, one.y - two.y)


def closer(found: Sequence[Found]) -> str:
    """The box of a closer map of these, in the shape of the drawing; empty when it cannot help."""
    box = _around([one.station.point for one in found])
    narrow = cos(radians(box.south))
    wide, tall = (box.east - box.west) * narrow, box.north - box.south
    if max(wide, tall) * METRES_PER_DEGREE < LEAST_METRES * APART / WIDTH:
        return ""
    least = LEAST_METRES / METRES_PER_DEGREE
    ratio = WIDTH / HEIGHT
    tall = max(tall * 1.2, wide * 1.2 / ratio, least)
    wide = tall * ratio / narrow
    west, south = (box.west + box.east - wide) / 2, (box.south + box.north - tall) / 2
    return ",".join(f"{edge:.5f}" for edge in (west, south, west + wide, south + tall))


def _labels(
    marks: Sequence[Mark], projection: Projection, taken: Sequence[Spot], rivers: Sequence[Label]
) -> list[Label]:
    """Names of streets, or of communities close up, where they cover nothing."""
    close_up = HEIGHT / projection.per_metre < CLOSE_METRES
    places: dict[str, list[Spot]] = {}
    for spot, one in marks:
        region = one.station.region
        street = region.parent.name if region.parent else ""
        places.setdefault(region.short_name if close_up else street, []).append(spot)
    labels: list[Label] = []
    for name, spots in places.items():
        x = sum(spot.x for spot in spots) / len(spots)
        y = sum(spot.y for spot in spots) / len(spots)
        spots_free = (
            at for at in _around_spot(x, y, name) if not _hits(at, name, taken, [*rivers, *labels])
        )
        free = next(spots_free, None)
        if name and free:
            labels.append(Label(free.x, free.y, name))
    return labels


def _around_spot(x: float, y: float, name: str) -> list[Spot]:
    half = len(name) * LETTER / 2 + 4
    return [
        Spot(round(x + across, 1), round(y + down, 1))
        for across, down in LABEL_SPOTS
        if half <= x + across <= WIDTH - half and 16 <= y + down <= HEIGHT - 24
    ]


def _hits(at: Spot, name: str, taken: Iterable[Spot], labels: Iterable[Label]) -> bool:
    half = len(name) * LETTER / 2
    on_mark = any(abs(at.x - one.x) < half + 14 and abs(at.y - 4 - one.y) < 20 for one in taken)
    on_label = any(
        abs(at.x - one.x) < half + len(one.name) * LETTER / 2 + 6 and abs(at.y - one.y) < 16
        for one in labels
    )
    return on_mark or on_label


@lru_cache(maxsize=4)
def _features(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    features: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))["features"]
    return features


def _lines(path: Path, projection: Projection, taken: Sequence[Spot]) -> Iterable[Line]:
    for feature in _features(path):
        places = feature["geometry"]["coordinates"]
        kind, name = feature["properties"]["kind"], feature["properties"]["name"]
        label = _on_line(places, name, projection, taken) if kind == "river" else None
        yield Line(kind, _path(places, projection), label)


def _on_line(
    places: Sequence[Sequence[float]], name: str, projection: Projection, taken: Sequence[Spot]
) -> Label | None:
    for place in places[1:-1]:
        spot = projection.spot(Point(place[1], place[0]))
        free = _around_spot(spot.x, spot.y + 4, name)[:1]
        if free and not _hits(free[0], name, taken, ()):
            return Label(free[0].x, free[0].y, name)
    return None


def _outline(rings: Iterable[Sequence[Sequence[float]]], projection: Projection) -> Iterable[Line]:
    return (Line("edge", _path(ring, projection)) for ring in rings)


def _path(places: Sequence[Sequence[float]], projection: Projection) -> str:
    spots = [projection.spot(Point(place[1], place[0])) for place in places]
    return "M" + "L".join(f"{spot.x:g} {spot.y:g}" for spot in spots)
