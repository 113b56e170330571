"""Names on the drawing: each where it covers no mark and no other name, or not at all."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from yizhan.places.clusters import Pin
from yizhan.places.projection import HEIGHT, WIDTH, Projection, Spot
from yizhan.places.queries import Found
from yizhan.places.shapes import Stroke

LETTER = 13
MARK = 14
CLOSE_METRES = 3000
ROADS_METRES = 9000
MOST_NAMES = 14
NEAREST = "离您最近"
STEPS = ((0, 0), (0, -30), (0, 30), (-44, 0), (44, 0), (-40, -26), (40, -26), (0, 46))
BESIDE = tuple(
    (across, down) for down in (-18, 28, -36, 46, -54) for across in (0, -60, 60, -110, 110)
)
ALWAYS_NAMED = ("river",)


@dataclass(frozen=True, slots=True)
class Label:
    """A name on the map; `kind` is street, near, or the kind of the layer it belongs to."""

    x: float
    y: float
    name: str
    kind: str


class Names:
    """Places names one after the other; what stands keeps its place."""

    def __init__(self, taken: Iterable[Spot], *, letter: int, mark: float = MARK) -> None:
        self.taken = list(taken)
        self.mark = mark
        self.letter = letter
        self.labels: list[Label] = []

    def put(self, name: str, kind: str, spots: Iterable[Spot], *, force: bool = False) -> bool:
        """Write the name at the first of these spots where it is free. Whether it was."""
        inside = [spot for spot in spots if self._fits(spot, name)]
        free = next((spot for spot in inside if not self._hits(spot, name)), None)
        if free is None and force and inside:
            free = inside[0]
        if not name or not free:
            return False
        self.labels.append(Label(round(free.x, 1), round(free.y, 1), name, kind))
        return True

    def _half(self, name: str) -> float:
        return len(name) * self.letter / 2

    def _fits(self, at: Spot, name: str) -> bool:
        half = self._half(name) + 4
        return half <= at.x <= WIDTH - half and self.letter + 3 <= at.y <= HEIGHT - 24

    def _hits(self, at: Spot, name: str) -> bool:
        half, tall = self._half(name), self.letter
        on_mark = any(
            abs(at.x - one.x) < half + self.mark and abs(at.y - 4 - one.y) < tall / 2 + self.mark
            for one in self.taken
        )
        on_label = any(
            abs(at.x - one.x) < half + self._half(one.name) + 6 and abs(at.y - one.y) < tall + 3
            for one in self.labels
        )
        return on_mark or on_label


def named(
    found: Sequence[Found],
    drawn: Sequence[Stroke],
    pins: Sequence[Pin],
    projection: Projection,
    names: Names,
) -> tuple[Label, ...]:
    """The nearest by name, then streets and towns, then rivers, and close up the roads."""
    for pin in pins:
        if pin.is_nearest:
            spots = [Spot(pin.x + across, pin.y + down) for across, down in BESIDE]
            if not names.put(f"{NEAREST}：{pin.found.station.name}", "near", spots):
                names.put(NEAREST, "near", spots, force=True)
    _streets(found, projection, names)
    for stroke in drawn:
        if stroke.kind in ALWAYS_NAMED:
            names.put(stroke.name, stroke.kind, stroke.spots)
    if HEIGHT / projection.per_metre < ROADS_METRES:
        done = {label.name for label in names.labels}
        for stroke in _others(drawn):
            if stroke.name not in done and len(names.labels) < MOST_NAMES:
                names.put(stroke.name, stroke.kind, stroke.spots)
                done.add(stroke.name)
    return tuple(names.labels)


def _others(drawn: Sequence[Stroke]) -> Iterator[Stroke]:
    return (stroke for stroke in drawn if stroke.kind not in ALWAYS_NAMED)


def _streets(found: Sequence[Found], projection: Projection, names: Names) -> None:
    """Names of streets and towns, or of communities close up, amid their stations."""
    close_up = HEIGHT / projection.per_metre < CLOSE_METRES
    places: dict[str, list[Spot]] = {}
    for one in found:
        region = one.station.region
        street = region.parent.name if region.parent else ""
        name = region.short_name if close_up else street
        places.setdefault(name, []).append(projection.spot(one.station.point))
    for name, spots in places.items():
        x = sum(spot.x for spot in spots) / len(spots)
        y = sum(spot.y for spot in spots) / len(spots)
        names.put(name, "street", [Spot(x + across, y + down) for across, down in STEPS])
