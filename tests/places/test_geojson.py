"""Files that people upload: every form is read, every fault has its reason."""

import json
from math import cos, radians, sin
from typing import Any

import pytest

from tests.places.conftest import feature, geojson
from yizhan.places.coordinates import (
    Point,
    bd09,
    gcj02,
    metres_between,
    unshifted_bd09,
    unshifted_gcj02,
)
from yizhan.places.geojson import BadShapes, Datum, read_geojson
from yizhan.places.shapes import Form, Shape
from yizhan.places.simplify import thinned

CENTRE = Point(34.36, 107.15)
A, B, C = [107.10, 34.36], [107.15, 34.37], [107.20, 34.35]


def read(data: bytes, datum: Datum = Datum.WGS84) -> list[Shape]:
    return [one.shape for one in read_geojson(data, datum=datum, centre=CENTRE)]


def reasons(data: bytes) -> tuple[str, ...]:
    with pytest.raises(BadShapes) as caught:
        read(data)
    return caught.value.reasons


@pytest.mark.parametrize(
    ("kind", "coordinates", "form", "parts"),
    [
        ("Point", A, Form.POINT, [1]),
        ("MultiPoint", [A, B], Form.POINT, [2]),
        ("LineString", [A, B, C], Form.LINE, [3]),
        ("MultiLineString", [[A, B], [B, C]], Form.LINE, [2, 2]),
        ("Polygon", [[A, B, C, A]], Form.AREA, [4]),
        ("MultiPolygon", [[[A, B, C, A]], [[B, C, A, B]]], Form.AREA, [4, 4]),
    ],
)
def test_every_form_is_read(kind: str, coordinates: Any, form: Form, parts: list[int]) -> None:
    (shape,) = read(geojson(feature(kind, coordinates, name="名")))
    assert (shape.name, shape.form) == ("名", form)
    assert [len(part) for part in shape.parts] == parts
    assert shape.parts[0][0] == Point(34.36, 107.10)
    assert Shape.from_row(json.loads(json.dumps(shape.as_row()))) == shape


def test_a_single_feature_with_a_height_and_a_mark_at_its_head() -> None:
    single = json.dumps(feature("LineString", [[*A, 600], [*B, 610]]))
    assert len(read(b"\xef\xbb\xbf" + single.encode())) == 1


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (feature("LineString", [A]), "线至少要有两个点"),
        (feature("Polygon", [[A, B, C]]), "面的边要首尾相接，至少四个点"),
        (feature("Polygon", [[A, B, C, B]]), "面的边要首尾相接，至少四个点"),
        (feature("Polygon", []), "没有坐标"),
        (feature("MultiPoint", []), "没有坐标"),
        (feature("LineString", "x"), "坐标要写成列表"),
        (feature("LineString", [["107", "34"], B]), "坐标要写成 [经度, 纬度]"),
        (feature("LineString", [[True, False], B]), "坐标要写成 [经度, 纬度]"),
        (feature("LineString", [[34.36, 107.15], B]), "经度和纬度写反了，要经度在前"),
        (feature("Point", [11928_000, 4_070_000]), "坐标不是经纬度，请先转成 WGS-84（EPSG:4326）"),
        (feature("Point", [10**400, 34]), "坐标不是经纬度，请先转成 WGS-84（EPSG:4326）"),
        (feature("Point", [116.4, 39.9]), "离本区超过 200 公里，是不是传错了文件"),
        (feature("GeometryCollection", []), "要是点、线或面，不能是「GeometryCollection」"),
        ({"type": "Feature", "geometry": None}, "要是点、线或面，不能是「None」"),
        ({"type": "Line"}, "不是 Feature"),
        (7, "不是 Feature"),
        (feature("Point", A, name="名" * 41), "名称最长 40 个字"),
        (feature("Point", A, name=7), "名称最长 40 个字"),
        (feature("Point", A, name="a\0b"), "名称里有看不见的字符"),
        (feature("Point", A, name="\ud800"), "名称里有看不见的字符"),
    ],
)
def test_a_bad_shape_is_named_with_its_reason(bad: Any, reason: str) -> None:
    data = json.dumps({"type": "FeatureCollection", "features": [feature("Point", A), bad]})
    assert reasons(data.encode()) == (f"第 2 个图形：{reason}",)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"[]", "最外层要是 FeatureCollection"),
        (b"{", "第 1 行读不下去"),
        (b'{"type": "FeatureCollection", "features": []}', "文件里没有图形"),
        (b'{"type": "FeatureCollection", "features": 3}', "文件里没有图形"),
        (b'{"a": NaN}', "里面有读不懂的内容"),
        (b'{"a":' * 100_000, "不是 GeoJSON"),
        (b"\xff", "文件不是 UTF-8 编码"),
        (b" " * (2 * 2**20 + 1), "文件超过 2 MB"),
        (geojson(*[feature("Point", A)] * 2001), "最多 2000 个"),
        (geojson(feature("MultiPoint", [A] * 6001)), "简化后还超过 6000 个点"),
        (b'{"type": "FeatureCollection", "crs": {"properties": {"name": "EPSG:3857"}}}', "坐标系"),
    ],
)
def test_a_file_that_is_no_map(data: bytes, reason: str) -> None:
    assert reason in reasons(data)[0]


def test_of_many_faults_the_first_are_named() -> None:
    told = reasons(geojson(*[feature("LineString", [A])] * 20))
    assert (len(told), told[-1]) == (9, "还有 12 处不对")


@pytest.mark.parametrize("point", [CENTRE, Point(34.2, 107.4), Point(39.9, 116.4)])
def test_shifted_points_come_back_to_a_centimetre(point: Point) -> None:
    assert metres_between(unshifted_gcj02(gcj02(point)), point) < 0.01
    assert metres_between(unshifted_bd09(bd09(point)), point) < 0.01


def test_long_lines_lose_points_and_keep_their_course() -> None:
    wave = tuple(Point(34.36 + sin(n / 300) / 100, 107.1 + n / 1e5) for n in range(9000))
    (shape,) = thinned([Shape("", Form.LINE, (wave,))])
    assert 20 < shape.points < 900
    assert (shape.parts[0][0], shape.parts[0][-1]) == (wave[0], wave[-1])


def test_what_cannot_be_thinned_is_sent_back() -> None:
    wild = [[107.1 + n * n * 7 % 1009 / 1e4, 34.3 + n**3 % 997 / 1e4] for n in range(20_000)]
    assert "简化后还超过 6000 个点" in reasons(geojson(feature("LineString", wild)))[0]


def test_an_area_keeps_its_corners() -> None:
    turns = [radians(n) for n in range(0, 361, 2)]
    ring = tuple(Point(34.36 + sin(a) / 1e5, 107.1 + cos(a) / 1e5) for a in turns)
    (shape,) = thinned([Shape("", Form.AREA, (ring,))])
    assert shape.points >= 4
