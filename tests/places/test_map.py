"""The drawn map: north up, one scale, clusters that come apart."""

from datetime import datetime
from pathlib import Path

import pytest

from yizhan.places.coordinates import Point
from yizhan.places.hours import State
from yizhan.places.map import APART, Cluster, Map, Pin, draw
from yizhan.places.models import Station
from yizhan.places.projection import HEIGHT, WIDTH, Projection
from yizhan.places.queries import Box, Found
from yizhan.regions.models import Region

NOON = datetime.fromisoformat("2026-11-23T12:30:00+08:00")
CENTRE = Point(34.36, 107.15)
NOWHERE = Path("/nonexistent")


def found(*places: tuple[float, float]) -> list[Found]:
    street = Region(code="610302002", name="经二路街道")
    region = Region(code="610302002002", name="渭工路社区居委会", parent=street)
    state = State(NOON, is_open=True)
    return [
        Found(Station(code=f"YZ{n:03d}", region=region, latitude=lat, longitude=lon), state, None)
        for n, (lat, lon) in enumerate(places)
    ]


def drawn(rows: list[Found], area: Box | None = None, here: Point | None = None) -> Map:
    return draw(rows, area=area, here=here, centre=CENTRE, lines=NOWHERE)


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
