"""The map of stations as shapes for one inline SVG: no tiles, north is up.

Degrees become units of the drawing through one scale; longitude is narrowed by the cosine of the
latitude. Marks that would overlap become one cluster, a link to a closer map. Every movement is a
link to another piece of the earth; a script may follow it without loading the page again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from yizhan.places.clusters import APART, Cluster, Pin, clustered
from yizhan.places.coordinates import Point
from yizhan.places.labels import LETTER, MARK, Label, Names, named
from yizhan.places.projection import HEIGHT, WIDTH, Projection, Spot, in_words
from yizhan.places.queries import Found
from yizhan.places.shapes import Drawn, Stroke, strokes

SCALES = (20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000)
LONGEST_BAR = 110
CORNERS = ((WIDTH - 20, 20), (WIDTH - 20, 40), (30, HEIGHT - 14), (90, HEIGHT - 14))
FURNITURE = tuple(Spot(x, y) for x, y in CORNERS)
FAR_METRES = 10_000


@dataclass(frozen=True, slots=True)
class Look:
    """How large names and marks are: larger in elder mode."""

    letter: int = LETTER
    apart: int = APART
    scale: float = 1


USUAL, ELDER = Look(), Look(letter=19, apart=46, scale=1.35)


@dataclass(frozen=True, slots=True)
class Tool:
    """One way to move the map, a link to the piece of the earth it leads to."""

    key: str
    name: str
    icon: str
    area: str


@dataclass(frozen=True, slots=True)
class Map:
    """Everything one SVG shows; `area` is the piece of the earth, as it stands in an address."""

    pins: tuple[Pin, ...]
    clusters: tuple[Cluster, ...]
    labels: tuple[Label, ...]
    lines: tuple[Stroke, ...]
    tools: tuple[Tool, ...]
    here: Spot | None
    bar: int
    bar_text: str
    area: str
    scale: float
    width: int = WIDTH
    height: int = HEIGHT


def frame_of(found: Sequence[Found], *, here: Point | None, centre: Point) -> Projection:
    """The map that shows all of these, and the visitor when near; else around the centre."""
    near = here if here and found and (found[0].metres or 0) < FAR_METRES else None
    points = [one.station.point for one in found] + ([near] if near else [])
    return Projection.around(points or _corners(centre))


def draw(
    found: Sequence[Found],
    frame: Projection,
    *,
    here: Point | None = None,
    nearest: Found | None = None,
    layers: Iterable[Drawn] = (),
    look: Look = USUAL,
) -> Map:
    """The map of what was found, all of which lies in the frame."""
    pins, clusters = clustered(found, frame, nearest=nearest, apart=look.apart)
    below = tuple(strokes(layers, frame))
    marks: list[Pin | Cluster] = [*pins, *clusters]
    taken = (*FURNITURE, *(Spot(mark.x, mark.y) for mark in marks))
    names = Names(taken, letter=look.letter, mark=MARK * look.scale)
    bar = max((one for one in SCALES if one * frame.per_metre <= LONGEST_BAR), default=SCALES[0])
    return Map(
        pins=pins,
        clusters=clusters,
        labels=named(found, below, pins, frame, names),
        lines=below,
        tools=tuple(_tools(frame)),
        here=frame.spot(here) if here and frame.box.holds(here) else None,
        bar=round(bar * frame.per_metre),
        bar_text=f"{bar} 米" if bar < 1000 else f"{bar // 1000} 公里",
        area=in_words(frame.box),
        scale=look.scale,
    )


def _tools(frame: Projection) -> Iterable[Tool]:
    """Closer, wider, and half a map in each direction."""
    moves = (
        ("in", "放大", "zoom-in", frame.zoomed(2)),
        ("out", "缩小", "zoom-out", frame.zoomed(0.5)),
        ("west", "往西看", "arrow-left", frame.moved(-0.5, 0)),
        ("north", "往北看", "arrow-up", frame.moved(0, 0.5)),
        ("south", "往南看", "arrow-down", frame.moved(0, -0.5)),
        ("east", "往东看", "arrow-right", frame.moved(0.5, 0)),
    )
    return (Tool(key, name, icon, in_words(to.box)) for key, name, icon, to in moves if to)


def _corners(centre: Point) -> list[Point]:
    """With nothing to show: the middle of the district, some kilometres across."""
    return [Point(centre.latitude + side, centre.longitude + 2 * side) for side in (-0.025, 0.025)]
