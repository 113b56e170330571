"""The page of stations: which piece of the earth the map shows, and which rows stand beside it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from yizhan.places import map as drawing
from yizhan.places.coordinates import Point, metres_between
from yizhan.places.models import Layer
from yizhan.places.projection import Projection
from yizhan.places.queries import Found, Group, Wanted, grouped
from yizhan.places.shapes import Drawn
from yizhan.regions.models import Region
from yizhan.regions.queries import Street

FIRST = 20


@dataclass(frozen=True, slots=True)
class Screen:
    """What the map shows is what the list counts; of a long list the first rows only.

    `total` fit anywhere, `count` of them lie on the map, `listed` of these have a row.
    """

    map: drawing.Map
    groups: tuple[Group, ...]
    total: int
    count: int
    listed: int
    title: str
    nearest: Found | None

    @property
    def more(self) -> bool:
        """Whether stations on the map have no row yet."""
        return self.listed < self.count


def screen(
    wanted: Wanted,
    found: Sequence[Found],
    *,
    centre: Point,
    streets: Sequence[Street],
    home: Region | None = None,
    layers: Iterable[Drawn] = (),
    look: drawing.Look = drawing.USUAL,
) -> Screen:
    """Map and list of what was found, nearest first when the visitor said where they are."""
    frame = _frame(wanted, found, centre)
    seen = frame.inside
    on_map = [one for one in found if seen.holds(one.station.point)]
    title, rows = _rows(wanted, on_map, frame, home)
    nearest = on_map[0] if wanted.here and on_map and on_map[0] is found[0] else None
    return Screen(
        map=drawing.draw(
            on_map, frame, here=wanted.here, nearest=nearest, layers=layers, look=look
        ),
        groups=tuple(grouped(rows, streets, title=title)),
        total=len(found),
        count=len(on_map),
        listed=len(rows),
        title=title,
        nearest=nearest,
    )


def _frame(wanted: Wanted, found: Sequence[Found], centre: Point) -> Projection:
    if wanted.area:
        return Projection.exactly(wanted.area)
    first = found[:FIRST] if wanted.here and not wanted.every else found
    return drawing.frame_of(first, here=wanted.here, centre=centre)


def _rows(
    wanted: Wanted, on_map: list[Found], frame: Projection, home: Region | None
) -> tuple[str, list[Found]]:
    """The title of the list, empty when it goes by streets, and its rows."""
    if wanted.here:
        return "由近到远", on_map if wanted.every else on_map[:FIRST]
    if wanted.every or len(on_map) <= FIRST:
        return "", on_map
    title, middle = "地图中间", frame.centre
    own = [one.station.point for one in on_map if home and one.station.region_id == home.pk]
    if home and own:
        latitudes, longitudes = zip(*own, strict=True)
        middle = Point(sum(latitudes) / len(own), sum(longitudes) / len(own))
        title = f"{home.short_name}附近"
    by_distance = sorted(on_map, key=lambda one: metres_between(middle, one.station.point))
    return title, by_distance[:FIRST]


def preview(layers: Sequence[Layer], *, stations: Sequence[Found], centre: Point) -> drawing.Map:
    """The layers as they will be drawn, fitted to themselves, or below all stations."""
    drawn = [layer.drawn for layer in layers]
    if stations:
        frame = drawing.frame_of(stations, here=None, centre=centre)
    else:
        boxes = [box for one in drawn for box in one.boxes]
        corners = [Point(south, west) for west, south, _, _ in boxes]
        corners += [Point(north, east) for _, _, east, north in boxes]
        frame = Projection.around(corners or [centre])
    return drawing.draw(stations, frame, layers=drawn)
