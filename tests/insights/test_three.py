"""三率合成: three parts with their weights, and a sum only where all three can be shown."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from yizhan.base.metrics import REGISTRY, Period, Value
from yizhan.insights import measures
from yizhan.insights.measures import THREE, Line, three
from yizhan.regions.district import Measures, profile

AT = datetime(2026, 11, 22, 4, tzinfo=UTC)
WEEK = Period.around("week", date(2026, 11, 22))


def lines(*pairs):
    return [
        Line(REGISTRY[code], (Value(Decimal(n), of, {}, WEEK, AT),), ())
        for code, (n, of) in zip(THREE, pairs, strict=True)
    ]


@pytest.mark.parametrize(
    ("pairs", "total"),
    [
        (((10, 10), (10, 10), (10, 10)), "100.0"),
        (((9, 10), (18, 20), (15, 20)), "84.8"),
        (((0, 10), (10, 10), (10, 10)), "70.0"),
        (((9, 9), (10, 10), (10, 10)), ""),
        (((10, 10), (10, 10), (0, 0)), ""),
    ],
)
def test_the_sum(pairs, total):
    made = three(lines(*pairs))

    assert made.total == total
    assert [(line.metric.name, weight) for line, weight in made.parts] == [
        ("响应率", 30),
        ("解决率", 35),
        ("满意率", 35),
    ]


def test_a_district_chooses_the_weights(monkeypatch):
    other = replace(profile(), measures=Measures(parts=(10, 45, 45)))
    monkeypatch.setattr(measures, "profile", lambda: other)

    assert three(lines((0, 10), (10, 10), (10, 10))).total == "90.0"
