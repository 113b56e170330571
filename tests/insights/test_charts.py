"""Where the points of a drawing lie."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from yizhan.base.metrics import REGISTRY, Kind, Period, Value, past
from yizhan.insights.charts import HEIGHT, WIDTH, chart

AT = datetime(2026, 11, 22, 4, tzinfo=UTC)
WEEKS = past(Period.around("week", date(2026, 11, 22)), 4)
RATE = REGISTRY["on_time_rate"]
COUNT = replace(RATE, kind=Kind.COUNT)


def values(*pairs):
    return [Value(Decimal(n), of, {}, week, AT) for (n, of), week in zip(pairs, WEEKS, strict=True)]


def test_too_few_cases_leave_a_gap():
    drawn = chart(RATE, values((5, 10), (10, 10), (1, 3), (20, 20)))

    assert [one.y is None for one in drawn.points] == [False, False, True, False]
    assert len(drawn.paths) == 1
    assert drawn.words == "10/26 50.0 %，11/2 100.0 %，11/9 件数太少，11/16 100.0 %"
    assert [label for _, label in drawn.grid] == ["0 %", "50 %", "100 %"]


def test_a_share_is_drawn_from_nothing_to_all_with_its_interval():
    first, second, *_ = chart(RATE, values((0, 50), (50, 50), (25, 50), (5, 50))).points

    assert first.y > second.y
    assert first.high < first.y <= first.low
    assert all(0 <= one <= HEIGHT for one in (first.y, second.y, first.low, second.high))


def test_counts_are_drawn_up_to_a_round_number():
    drawn = chart(COUNT, values((0, 0), (3, 0), (7, 0), (17, 0)))

    assert [label for _, label in drawn.grid] == ["0", "10", "20"]
    assert all(0 < one.x < WIDTH for one in drawn.points)


def test_nothing_is_drawn_of_one_value():
    assert chart(RATE, values((5, 10), (1, 2), (1, 3), (2, 2))) is None
    assert chart(COUNT, values((0, 0), (0, 0), (0, 0), (0, 0))) is not None
