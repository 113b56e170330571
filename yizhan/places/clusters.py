"""Stations as marks on the drawing: what would overlap becomes one mark with a count."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, dist, radians

from yizhan.places.coordinates import Box
from yizhan.places.projection import (
    FITTED_METRES,
    HEIGHT,
    METRES_PER_DEGREE,
    WIDTH,
    Projection,
    Spot,
    around,
    in_words,
)
from yizhan.places.queries import Found

APART = 34
EDGE = 20


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
    found: tuple[Found, ...]
    area: str

    @property
    def count(self) -> int:
        """How many stations it stands for."""
        return len(self.found)

    @property
    def open(self) -> int:
        """How many of them are open."""
        return sum(one.state.is_open for one in self.found)


Mark = tuple[Spot, Found]


@dataclass(slots=True)
class _Group:
    """Marks that become one; `middle` is reckoned anew only when a group has grown."""

    middle: Spot
    marks: list[Mark]

    def take(self, other: "_Group") -> None:
        self.marks += other.marks
        self.middle = _middle(self.marks)


def clustered(
    found: Sequence[Found], projection: Projection, *, nearest: Found | None, apart: float = APART
) -> tuple[tuple[Pin, ...], tuple[Cluster, ...]]:
    """Pins and clusters at least `apart` from one another. The nearest keeps a pin of its own."""
    marks = [(projection.spot(one.station.point), one) for one in found if one is not nearest]
    groups = [(group.middle, group.marks) for group in _groups(marks, apart)]
    pins: list[Pin] = []
    if nearest:
        own = projection.spot(nearest.station.point)
        groups = [(_off(at, own, apart), group) for at, group in groups]
        pins.append(Pin(*own, found=nearest, is_nearest=True))
    pins += [Pin(*at, found=group[0][1], is_nearest=False) for at, group in groups if not group[1:]]
    clusters = [
        Cluster(*at, found=members, area=closer(members, apart=apart))
        for at, group in groups
        if group[1:]
        for members in [tuple(one for _, one in group)]
    ]
    return tuple(pins), tuple(clusters)


def _groups(marks: Iterable[Mark], apart: float) -> list[_Group]:
    groups = [_Group(mark[0], [mark]) for mark in marks]
    merged = True
    while merged:
        merged = False
        kept: list[_Group] = []
        for group in groups:
            middle = group.middle
            close = next((one for one in kept if dist(one.middle, middle) < apart), None)
            if close is None:
                kept.append(group)
            else:
                close.take(group)
                merged = True
        groups = kept
    return groups


def _middle(group: Sequence[Mark]) -> Spot:
    xs, ys = zip(*(spot for spot, _ in group), strict=True)
    return Spot(round(sum(xs) / len(xs), 1), round(sum(ys) / len(ys), 1))


def _off(at: Spot, own: Spot, apart: float) -> Spot:
    """Moved away from the nearest, so that both can be tapped."""
    far = dist(at, own)
    if far >= apart:
        return at
    across, down = ((at.x - own.x) / far, (at.y - own.y) / far) if far else (1.0, 0.0)
    x = min(max(own.x + across * apart, EDGE), WIDTH - EDGE)
    y = min(max(own.y + down * apart, EDGE), HEIGHT - EDGE)
    return Spot(round(x, 1), round(y, 1))


def closer(found: Sequence[Found], *, apart: float = APART) -> str:
    """The box of a closer map of these, in the shape of the drawing; empty when it cannot help."""
    box = around([one.station.point for one in found])
    narrow = cos(radians((box.south + box.north) / 2))
    wide, tall = (box.east - box.west) * narrow, box.north - box.south
    if max(wide, tall) * METRES_PER_DEGREE < FITTED_METRES * apart / WIDTH:
        return ""
    ratio = WIDTH / HEIGHT
    tall = max(tall * 1.25, wide * 1.25 / ratio, FITTED_METRES / METRES_PER_DEGREE)
    wide = tall * ratio / narrow
    west, south = (box.west + box.east - wide) / 2, (box.south + box.north - tall) / 2
    return in_words(Box(west, south, west + wide, south + tall))
