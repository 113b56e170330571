"""Fewer points for the same line, by the method of Ramer, Douglas and Peucker."""

from collections.abc import Sequence
from dataclasses import replace
from math import cos, hypot, radians

from yizhan.places.coordinates import Point
from yizhan.places.shapes import Form, Shape

METRES_PER_DEGREE = 111_195
TOLERANCES_METRES = (2.0, 8.0, 32.0)
MOST_POINTS = 6000
PIECE = 32
RING = 4

Flat = tuple[float, float]


def thinned(shapes: Sequence[Shape]) -> list[Shape]:
    """The shapes with fewer points: two metres off, and up to 32 where there are very many."""
    kept = list(shapes)
    for tolerance in TOLERANCES_METRES:
        kept = [_thinner(shape, tolerance) for shape in kept]
        if sum(shape.points for shape in kept) <= MOST_POINTS:
            break
    return kept


def _thinner(shape: Shape, tolerance: float) -> Shape:
    if shape.form is Form.POINT:
        return shape
    least = RING if shape.form is Form.AREA else 2
    parts = []
    for part in shape.parts:
        fewer = _line(part, tolerance)
        parts.append(fewer if len(fewer) >= least else part)
    return replace(shape, parts=tuple(parts))


def _line(points: Sequence[Point], tolerance: float) -> tuple[Point, ...]:
    """Piece by piece, so that a long line costs as much as its length and not its square."""
    narrow = cos(radians(points[0].latitude)) * METRES_PER_DEGREE
    flat = [(point.longitude * narrow, point.latitude * METRES_PER_DEGREE) for point in points]
    kept: list[int] = []
    for first in range(0, len(points) - 1, PIECE):
        kept += _piece(flat, first, min(first + PIECE, len(points) - 1), tolerance)
    return (*(points[n] for n in kept), points[-1])


def _piece(flat: Sequence[Flat], start: int, end: int, tolerance: float) -> list[int]:
    """Which points of a piece stay; its last one is the first of the next."""
    keep = {start}
    waiting = [(start, end)]
    while waiting:
        first, last = waiting.pop()
        far, at = 0.0, first
        for n in range(first + 1, last):
            off = _off(flat[n], flat[first], flat[last])
            if off > far:
                far, at = off, n
        if far > tolerance:
            keep.add(at)
            waiting += [(first, at), (at, last)]
    return sorted(keep)


def _off(point: Flat, one: Flat, two: Flat) -> float:
    """How many metres a point lies off the straight line between two others."""
    x, y = point[0] - one[0], point[1] - one[1]
    across, up = two[0] - one[0], two[1] - one[1]
    square = across * across + up * up
    if not square:
        return hypot(x, y)
    along = min(max((x * across + y * up) / square, 0.0), 1.0)
    return hypot(x - along * across, y - along * up)
