"""Figures are kept when a period has ended, and once more a month later."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import ProgrammingError, transaction

from tests.orders.stories import finished, placed
from tests.world import WEIGONG
from yizhan.base.actor import CLOCK
from yizhan.base.metrics import REGISTRY, Period
from yizhan.base.verdict import Refused
from yizhan.insights import jobs
from yizhan.insights.measures import snapshots_due
from yizhan.insights.models import MetricSnapshot
from yizhan.insights.operations import take_snapshots

DAY = timedelta(days=1)


@pytest.fixture
def week(at):
    return Period.around("week", (at - 7 * DAY).date())


def take(week, at, **more):
    given = {"region_code": WEIGONG, "periods": [week], "is_final": False, "by": CLOCK, "at": at}
    return take_snapshots(**(given | more))


def test_every_metric_is_kept_with_its_edition(world, at, week):
    finished(world, at - 7 * DAY)
    placed(world, at - 7 * DAY)
    taken = take(week, at)
    rows = {row.metric: row for row in MetricSnapshot.objects.all()}

    assert taken == len(rows) == len(REGISTRY)
    row = rows["orders_placed"]
    assert (row.region_code, row.kind, row.first_date) == (WEIGONG, "week", week.first)
    assert (row.numerator, row.denominator, row.excluded) == (Decimal(2), 0, {})
    assert (row.taken_at, row.is_final) == (at, False)
    assert rows["solve_rate"].edition == "1 解决了一部分算=0"
    assert rows["on_time_rate"].excluded == {
        "withdrawn": 0, "turned_away": 0, "merged": 0, "asking": 0, "pending": 0
    }  # fmt: skip


def test_what_is_kept_stays(world, at, week):
    take(week, at)
    placed(world, at - 7 * DAY)
    take(week, at + DAY)
    rows = MetricSnapshot.objects.filter(metric="orders_placed")

    assert [(row.numerator, row.taken_at) for row in rows] == [(Decimal(0), at)]
    with pytest.raises(ProgrammingError), transaction.atomic():
        rows.update(numerator=5)
    with pytest.raises(ProgrammingError), transaction.atomic():
        rows.delete()


def test_a_new_definition_is_kept_beside_the_old(world, at, week, monkeypatch):
    take(week, at)
    changed = {code: replace(metric, version=2) for code, metric in REGISTRY.items()}
    monkeypatch.setattr("yizhan.insights.operations.REGISTRY", changed)
    take(week, at + DAY)

    found = MetricSnapshot.objects.filter(metric="on_time_rate").values_list("edition", flat=True)
    assert sorted(found) == ["1", "2"]


def test_nobody_but_the_clock_keeps_figures(world, at, week):
    with pytest.raises(Refused) as refused:
        take(week, at, by=world.by.zhou)

    assert refused.value.code == "no_power"
    assert not MetricSnapshot.objects.exists()


def test_the_night_takes_what_has_ended_once(world, at, monkeypatch):
    due = list(snapshots_due(at))
    own = {"610302", "610302002", "610302005", WEIGONG, "610302002008", "610302005013"}
    assert {one.region_code for one in due} == own
    weeks = [one for one in due if one.region_code == WEIGONG and one.periods[0].kind == "week"]
    assert [one.is_final for one in weeks] == [False, True]
    assert weeks[0].periods[-1].last == date(2026, 11, 15)
    assert weeks[1].periods[-1].last == date(2026, 10, 18)

    monkeypatch.setattr("yizhan.insights.jobs.now", lambda: at)
    jobs.take_snapshots()
    assert list(snapshots_due(at)) == []
    later = list(snapshots_due(at + DAY))
    assert {(one.periods[-1].kind, one.is_final) for one in later} == {("week", False)}
