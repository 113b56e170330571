"""The drawn map: north up, one scale, clusters that come apart."""

from datetime import datetime

import pytest

from yizhan.places.clusters import APART, Cluster, Pin
from yizhan.places.coordinates import Box, Point
from yizhan.places.hours import State
from yizhan.places.map import ELDER, USUAL, Look, Map, draw, frame_of
from yizhan.places.models import Station
from yizhan.places.projection import HEIGHT, WIDTH, Projection
from yizhan.places.queries import Found
from yizhan.places.shapes import Drawn, Form, Shape
from yizhan.regions.models import Region

NOON = datetime.fromisoformat("2026-11-23T12:30:00+08:00")
CENTRE = Point(34.36, 107.15)
RING = ((34.35, 107.15), (34.35, 107.16), (34.36, 107.16), (34.36, 107.15), (34.35, 107.15))


def found(*places: tuple[float, float]) -> list[Found]:
    street = Region(code="610302002", name="经二路街道")
    region = Region(code="610302002002", name="渭工路社区居委会", parent=street)
    state = State(NOON, is_open=True)
    return [
        Found(Station(code=f"YZ{n:03d}", region=region, latitude=lat, longitude=lon), state, None)
        for n, (lat, lon) in enumerate(places)
    ]


def drawn(
    rows: list[Found], area: Box | None = None, here: Point | None = None, look: Look = USUAL
) -> Map:
    frame = Projection.exactly(area) if area else frame_of(rows, here=here, centre=CENTRE)
    return draw(rows, frame, here=here, nearest=rows[0] if here and rows else None, look=look)


def box_of(area: str) -> Box:
    return Box(*(float(edge) for edge in area.split(",")))


def test_north_is_up_and_longitude_is_narrowed() -> None:
    projection = Projection.of(Box(107.10, 34.33, 107.20, 34.39))
    middle = projection.spot(CENTRE)
    north = projection.spot(Point(34.37, 107.15))
    east = projection.spot(Point(34.36, 107.16))
    assert north.y < middle.y
    assert east.x > middle.x
    ratio = (east.x - middle.x) / (middle.y - north.y)
    assert ratio == pytest.approx(0.8255, abs=0.01)


def test_everything_lies_inside_the_drawing() -> None:
    rows = found((34.33, 107.09), (34.385, 107.21), (34.36, 107.15))
    shown = drawn(rows)
    assert len(shown.pins) == 3
    assert all(0 < pin.x < WIDTH and 0 < pin.y < HEIGHT for pin in shown.pins)


def test_marks_that_would_overlap_become_a_link_to_a_closer_map() -> None:
    rows = found((34.36, 107.15), (34.3605, 107.1505), (34.37, 107.20), (34.33, 107.10))
    shown = drawn(rows)
    assert [cluster.count for cluster in shown.clusters] == [2]
    assert len(shown.pins) == 2
    area = box_of(shown.clusters[0].area)
    inside = [one for one in rows if area.holds(one.station.point)]
    assert len(inside) == 2
    closer = drawn(inside, area)
    assert (len(closer.pins), closer.clusters) == (2, ())


def test_marks_are_never_closer_than_a_finger() -> None:
    rows = found(*((34.33 + n % 11 * 0.005, 107.09 + n % 13 * 0.009) for n in range(130)))
    shown = drawn(rows)
    drawn_marks: list[Pin | Cluster] = [*shown.pins, *shown.clusters]
    marks = [(one.x, one.y) for one in drawn_marks]
    near = [
        (one, two)
        for n, one in enumerate(marks)
        for two in marks[n + 1 :]
        if (one[0] - two[0]) ** 2 + (one[1] - two[1]) ** 2 < (APART - 1) ** 2
    ]
    assert near == []
    assert len(shown.pins) + sum(cluster.count for cluster in shown.clusters) == 130


def test_stations_on_one_spot_lead_to_the_list() -> None:
    shown = drawn(found((34.36, 107.15), (34.36, 107.15)))
    assert [cluster.area for cluster in shown.clusters] == [""]


def test_the_visitor_and_the_nearest() -> None:
    rows = found((34.36, 107.15), (34.38, 107.20))
    shown = drawn(rows, here=Point(34.361, 107.151))
    assert shown.here is not None
    assert [pin.is_nearest for pin in shown.pins] == [True, False]
    assert drawn(rows).here is None


def test_the_scale_bar_is_true() -> None:
    shown = drawn(found((34.36, 107.15), (34.36, 107.16)))
    metres = int(shown.bar_text.split()[0])
    east = 0.01 * 0.8255 * 111_195
    pins = sorted(pin.x for pin in shown.pins)
    assert shown.bar / metres == pytest.approx((pins[1] - pins[0]) / east, rel=0.03)


def test_names_of_streets_and_close_up_of_communities() -> None:
    far = drawn(found((34.33, 107.09), (34.385, 107.21)))
    assert [label.name for label in far.labels] == ["经二路街道"]
    near = drawn(found((34.36, 107.15), (34.361, 107.152)))
    assert [label.name for label in near.labels] == ["渭工路社区"]


def test_nothing_found_shows_the_district() -> None:
    shown = drawn([])
    assert (shown.pins, shown.clusters) == ((), ())
    assert shown.bar > 0


def test_the_nearest_keeps_a_pin_of_its_own_and_a_name() -> None:
    rows = found((34.36, 107.15), (34.3601, 107.1501), (34.3602, 107.1502), (34.39, 107.20))
    rows[0].station.name = "经二路驿站"
    shown = drawn(rows, here=Point(34.3599, 107.1499))
    (nearest,) = [pin for pin in shown.pins if pin.is_nearest]
    assert nearest.found is rows[0]
    assert [cluster.count for cluster in shown.clusters] == [2]
    (cluster,) = shown.clusters
    assert (cluster.x - nearest.x) ** 2 + (cluster.y - nearest.y) ** 2 >= (APART - 1) ** 2
    assert [label.name for label in shown.labels if label.kind == "near"] == [
        "离您最近：经二路驿站"
    ]


def test_elder_mode_has_larger_names_further_apart() -> None:
    rows = found((34.36, 107.15), (34.3633, 107.15), (34.38, 107.17))
    assert len(drawn(rows).pins) == 3
    larger = drawn(rows, look=ELDER)
    assert (len(larger.pins), len(larger.clusters), larger.scale) == (1, 1, 1.35)


@pytest.mark.parametrize("key", ["in", "out", "west", "north", "south", "east"])
def test_every_tool_moves_the_map_its_way(key: str) -> None:
    start = Projection.of(Box(107.10, 34.33, 107.20, 34.39))
    (tool,) = [one for one in draw([], start).tools if one.key == key]
    before, after = start.box, box_of(tool.area)
    east = (after.east + after.west) - (before.east + before.west)
    north = (after.north + after.south) - (before.north + before.south)
    wider = (after.east - after.west) / (before.east - before.west)
    signs = {"west": (-1, 0), "east": (1, 0), "north": (0, 1), "south": (0, -1)}.get(key, (0, 0))
    assert (round(east, 3) > 0) - (round(east, 3) < 0) == signs[0]
    assert (round(north, 3) > 0) - (round(north, 3) < 0) == signs[1]
    assert wider == pytest.approx({"in": 0.5, "out": 2}.get(key, 1), rel=1e-3)


def test_an_address_shows_the_same_piece_again() -> None:
    start = Projection.of(Box(107.10, 34.33, 107.20, 34.39))
    (tool,) = [one for one in draw([], start).tools if one.key == "in"]
    again = Projection.exactly(box_of(tool.area)).box
    assert again == pytest.approx(box_of(tool.area), abs=3e-5)


def test_no_closer_and_no_wider_than_makes_sense() -> None:
    close = draw([], Projection.exactly(Box(107.15, 34.36, 107.15001, 34.36001)))
    wide = draw([], Projection.exactly(Box(100, 20, 120, 40)))
    assert "in" not in {tool.key for tool in close.tools}
    assert "out" not in {tool.key for tool in wide.tools}


def test_lines_areas_and_points_are_drawn_and_named_and_the_rest_is_left_out() -> None:
    river = Shape("渭河", Form.LINE, (tuple(Point(34.36, 107.0 + n / 20) for n in range(7)),))
    park = Shape("园区", Form.AREA, (tuple(Point(*p) for p in RING),))
    gate = Shape("西门", Form.POINT, ((Point(34.365, 107.145),),))
    far = Shape("远处", Form.LINE, ((Point(34.6, 107.1), Point(34.6, 107.2)),))
    layers = [
        Drawn.of("river", [river, far]),
        Drawn.of("estate", [park]),
        Drawn.of("other", [gate]),
    ]
    frame = Projection.exactly(Box(107.13, 34.345, 107.17, 34.375))
    shown = draw([], frame, layers=layers)
    assert [(line.kind, str(line.form)) for line in shown.lines] == [
        ("river", "line"),
        ("estate", "area"),
        ("other", "point"),
    ]
    assert {label.name for label in shown.labels} == {"渭河", "园区", "西门"}
    assert shown.lines[1].path.endswith("Z")
    assert shown.lines[0].path.count("L") < 4
