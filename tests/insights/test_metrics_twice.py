"""Every registered metric, counted by SQL over orders and by plain Python over steps: the same."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from tests.insights.played import calls, complaints, twins, weeks
from tests.insights.retold import TOLD, Record
from tests.world import QIAONAN, WEIGONG
from yizhan.base.metrics import REGISTRY, Extent, Kind, Period, past
from yizhan.regions.district import Measures, profile

AREAS = ("610302", WEIGONG, QIAONAN, "610302100")


def twice(record, at, metrics):
    """Both answers for each metric, area and period, side by side."""
    months = past(Period.around("month", at.date()), 3)
    for periods in (past(Period.around("week", at.date()), 9), months):
        for area in AREAS:
            for code, metric in metrics.items():
                values = metric.values(Extent(area=area), periods, at)
                for period, value in zip(periods, values, strict=True):
                    told = TOLD[code](record, area, period.first, period.after, at)
                    yield code, area, period, value, told


def test_every_metric_is_told_twice():
    assert set(TOLD) == set(REGISTRY)


@pytest.fixture
def graded(monkeypatch):
    """Has the district choose other weights."""

    def choose():
        levels = tuple(Decimal(one) for one in ("1", "0.8", "0.6", "0.3", "0"))
        other = replace(profile(), measures=Measures(Decimal("0.5"), levels))
        for name in ("tests.insights.retold", "yizhan.orders.counting", "yizhan.orders.metrics"):
            monkeypatch.setattr(f"{name}.profile", lambda: other)

    return choose


def test_both_ways_agree_to_the_last_case(world, at, graded):
    twins(world, at - timedelta(days=20))
    complaints(world, at - timedelta(days=40))
    weeks(world, at)
    calls(world, at)
    record, differ, seen, left_out = Record(), [], set(), set()
    weighed = {code: metric for code, metric in REGISTRY.items() if metric.chosen()}
    for metrics in (REGISTRY, weighed):
        if metrics is weighed:
            graded()
        for code, area, period, value, told in twice(record, at, metrics):
            if (value.numerator, value.denominator, dict(value.excluded)) != told:
                differ.append((code, area, period.words, value, told))
            if value.numerator and (value.denominator or REGISTRY[code].kind is Kind.COUNT):
                seen.add(code)
            left_out |= {(code, reason) for reason, count in value.excluded.items() if count}
            assert set(value.excluded) == set(REGISTRY[code].exclusions)

    assert differ == []
    assert seen == set(REGISTRY)  # the story gives every one of them something to count
    assert left_out == {(m.code, reason) for m in REGISTRY.values() for reason in m.exclusions}
