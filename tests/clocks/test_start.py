"""Clocks begin: frozen as they were promised, in one statement."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.clocks.conftest import MONDAY
from tests.clocks.slow import moment
from yizhan.clocks import operations, queries
from yizhan.clocks.allowances import Allowance
from yizhan.clocks.calendar import known_until
from yizhan.clocks.models import Clock
from yizhan.clocks.operations import Promise


def test_what_is_promised_is_frozen(subject):
    promise = Promise("sign", Allowance(240, "minutes"), level="urgent", about="daily_repair")

    operations.start(subject=subject, promises=[promise], at=MONDAY)

    clock = Clock.objects.get()
    assert (clock.subject_type, clock.subject_id, clock.round) == ("regions.region", subject.pk, 1)
    assert (clock.amount, clock.unit, clock.level) == (240, "minutes", "urgent")
    assert (clock.about, clock.allowance.words) == ("daily_repair", "4 个工作小时")
    assert clock.started_at == MONDAY
    assert clock.amber_at == moment("2026-11-23 11:24")
    assert clock.due_at == moment("2026-11-23 15:00")
    assert clock.hard_at == moment("2026-11-24 18:00")
    assert (clock.known_until, clock.is_provisional) == (known_until(), False)
    assert (clock.paused_at, clock.paused_for, clock.paused) == (None, "", timedelta(0))
    assert (clock.met_at, clock.stopped_at, clock.extra_days) == (None, None, 0)


def test_many_in_one_statement(subject, django_assert_num_queries):
    promises = [Promise(kind, Allowance(1, "days")) for kind in ("sign", "arrange", "resolve")]

    with django_assert_num_queries(1):
        operations.start(subject=subject, promises=promises, at=MONDAY)
    assert [clock.kind for clock in queries.of(subject)] == ["sign", "arrange", "resolve"]


def test_what_is_done_in_the_same_moment_is_met(subject):
    promises = [Promise("sign", Allowance(1, "days"), met=True)]

    operations.start(subject=subject, promises=promises, at=MONDAY)

    assert Clock.objects.get().met_at == MONDAY


def test_a_clock_that_runs_already_stays(subject, started):
    (first,) = started(resolve=(5, "days"))

    started(at=moment("2026-11-24 09:00"), resolve=(2, "days"))

    assert Clock.objects.get() == first
    assert Clock.objects.get().due_at == moment("2026-11-30 18:00")


def test_another_round_has_clocks_of_its_own(subject, started):
    started(resolve=(5, "days"))
    started(at=moment("2026-12-01 09:00"), number=2, resolve=(5, "days"))

    assert Clock.objects.count() == 2
    assert [clock.due_at for clock in queries.of(subject)] == [moment("2026-12-08 18:00")]
    assert [clock.due_at for clock in queries.of(subject, 1)] == [moment("2026-11-30 18:00")]


def test_beyond_the_announced_calendar_it_is_marked(started):
    (clock,) = started(at=moment("2026-12-30 09:00"), resolve=(5, "days"))

    assert clock.is_provisional
    assert clock.known_until == date(2026, 12, 31)


def test_the_database_keeps_a_clock_whole(started):
    (clock,) = started(resolve=(5, "days"))

    for wrong in (
        {"amber_at": clock.due_at + timedelta(1)},
        {"due_at": clock.started_at},
        {"paused_at": clock.started_at},
        {"paused_for": "pending_list"},
        {"met_at": clock.due_at, "stopped_at": clock.due_at},
    ):
        with pytest.raises(IntegrityError, match="clock_"), transaction.atomic():
            Clock.objects.update(**wrong)
