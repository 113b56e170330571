"""Reading GeoJSON (RFC 7946) that people upload: every shape is checked, every fault has a reason.

What was drawn over a Chinese map service is shifted (GCJ-02, BD-09) and is put back to WGS-84.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from yizhan.places.coordinates import Point, metres_between, unshifted_bd09, unshifted_gcj02
from yizhan.places.shapes import Form, Shape
from yizhan.places.simplify import MOST_POINTS, thinned

MOST_BYTES = 2 * 2**20
MOST_SHAPES = 2000
MOST_FAULTS = 8
FAR_METRES = 200_000
LONGEST_NAME = 40
FORMS = {
    "Point": (Form.POINT, 0),
    "MultiPoint": (Form.POINT, 1),
    "LineString": (Form.LINE, 1),
    "MultiLineString": (Form.LINE, 2),
    "Polygon": (Form.AREA, 2),
    "MultiPolygon": (Form.AREA, 3),
}
PLAIN_CRS = ("CRS84", "4326", "4490")


class Datum(StrEnum):
    """On what map the shapes were drawn."""

    WGS84 = "wgs84"
    GCJ02 = "gcj02"
    BD09 = "bd09"


UNSHIFT = {
    Datum.WGS84: lambda point: point,
    Datum.GCJ02: unshifted_gcj02,
    Datum.BD09: unshifted_bd09,
}


class BadShapes(ValueError):
    """A file was not read; `reasons` say which shapes are wrong and why."""

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__("；".join(self.reasons))


@dataclass(frozen=True, slots=True)
class Feature:
    """One shape with the kind that the file gives it, if any."""

    kind: str
    shape: Shape


def read_geojson(data: bytes, *, datum: Datum, centre: Point) -> list[Feature]:
    """The shapes of a file in WGS-84, with fewer points. Raises `BadShapes` naming each fault.

    `centre` is the district's: what lies 200 km from it was drawn elsewhere.
    """
    rows = _features(_parsed(data))
    found: list[Feature] = []
    faults: list[str] = []
    for number, row in enumerate(rows, 1):
        try:
            found.append(_feature(row, datum, centre))
        except BadShapes as bad:
            faults += [f"第 {number} 个图形：{reason}" for reason in bad.reasons]
    if faults:
        more = len(faults) - MOST_FAULTS
        raise BadShapes(faults[:MOST_FAULTS] + ([f"还有 {more} 处不对"] if more > 0 else []))
    shapes = thinned([one.shape for one in found])
    if sum(shape.points for shape in shapes) > MOST_POINTS:
        raise BadShapes([f"简化后还超过 {MOST_POINTS} 个点，请分成几个图层"])
    return [Feature(one.kind, shape) for one, shape in zip(found, shapes, strict=True)]


def _parsed(data: bytes) -> Any:
    if len(data) > MOST_BYTES:
        raise BadShapes(["文件超过 2 MB，请先简化或分成几个图层"])
    try:
        return json.loads(data.decode("utf-8-sig"), parse_constant=_no_constant)
    except UnicodeDecodeError as error:
        raise BadShapes(["文件不是 UTF-8 编码，请另存为 UTF-8 再传"]) from error
    except json.JSONDecodeError as error:
        raise BadShapes([f"不是 GeoJSON：第 {error.lineno} 行读不下去"]) from error
    except (ValueError, RecursionError) as error:
        raise BadShapes(["不是 GeoJSON：里面有读不懂的内容"]) from error


def _no_constant(word: str) -> float:
    raise ValueError(word)


def _features(whole: Any) -> list[Any]:
    if not isinstance(whole, dict):
        raise BadShapes(["不是 GeoJSON：最外层要是 FeatureCollection"])
    if not _is_plain(whole.get("crs")):
        raise BadShapes(["坐标系不是经纬度，请先转成 WGS-84（EPSG:4326）"])
    rows = whole.get("features") if whole.get("type") == "FeatureCollection" else [whole]
    if not isinstance(rows, list) or not rows:
        raise BadShapes(["文件里没有图形"])
    if len(rows) > MOST_SHAPES:
        raise BadShapes([f"图形有 {len(rows)} 个，最多 {MOST_SHAPES} 个，请分成几个图层"])
    return rows


def _is_plain(crs: Any) -> bool:
    """Whether the coordinates are said, or left, to be longitude and latitude."""
    named = crs.get("properties") if isinstance(crs, dict) else None
    name = named.get("name") if isinstance(named, dict) else None
    return crs is None or (isinstance(name, str) and name.endswith(PLAIN_CRS))


def _feature(row: Any, datum: Datum, centre: Point) -> Feature:
    if not isinstance(row, dict) or row.get("type") != "Feature":
        raise BadShapes(["不是 Feature"])
    geometry = row.get("geometry")
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if not isinstance(geometry, dict) or not isinstance(kind, str) or kind not in FORMS:
        raise BadShapes([f"要是点、线或面，不能是「{str(kind)[:20]}」"])
    form, depth = FORMS[kind]
    parts = tuple(
        _part(one, form, datum, centre) for one in _parts(geometry.get("coordinates"), depth)
    )
    if not parts:
        raise BadShapes(["没有坐标"])
    given = row.get("properties")
    properties = given if isinstance(given, dict) else {}
    return Feature(str(properties.get("kind", "")), Shape(_name(properties), form, parts))


def _name(properties: dict[str, Any]) -> str:
    name = properties.get("name") or properties.get("名称") or ""
    if not isinstance(name, str) or len(name) > LONGEST_NAME:
        raise BadShapes([f"名称最长 {LONGEST_NAME} 个字"])
    if not all(letter.isprintable() for letter in name):
        raise BadShapes(["名称里有看不见的字符"])
    return name.strip()


def _parts(places: Any, depth: int) -> Iterator[list[Any]]:
    """The lists of positions in coordinates nested so deep."""
    if not isinstance(places, list):
        raise BadShapes(["坐标要写成列表"])
    if depth == 0:
        yield [places]
    elif depth == 1:
        yield places
    else:
        for one in places:
            yield from _parts(one, depth - 1)


def _part(places: list[Any], form: Form, datum: Datum, centre: Point) -> tuple[Point, ...]:
    points = tuple(UNSHIFT[datum](_point(place, centre)) for place in places)
    if form is Form.LINE and len(points) < 2:
        raise BadShapes(["线至少要有两个点"])
    if form is Form.AREA and (len(points) < 4 or places[0] != places[-1]):
        raise BadShapes(["面的边要首尾相接，至少四个点"])
    if not points:
        raise BadShapes(["没有坐标"])
    return points


def _point(place: Any, centre: Point) -> Point:
    if not isinstance(place, list) or len(place) < 2 or not all(map(_is_number, place[:2])):
        raise BadShapes(["坐标要写成 [经度, 纬度]"])
    x, y = place[:2]
    if (-90 <= x <= 90 and 90 < y <= 180) or _is_near(x, y, centre):
        raise BadShapes(["经度和纬度写反了，要经度在前"])
    if not (-180 <= x <= 180 and -90 <= y <= 90):
        raise BadShapes(["坐标不是经纬度，请先转成 WGS-84（EPSG:4326）"])
    point = Point(float(y), float(x))
    if metres_between(point, centre) > FAR_METRES:
        raise BadShapes(["离本区超过 200 公里，是不是传错了文件"])
    return point


def _is_near(latitude: Any, longitude: Any, centre: Point) -> bool:
    """Whether the two numbers make sense the wrong way round."""
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return False
    return metres_between(Point(latitude, longitude), centre) < FAR_METRES


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
