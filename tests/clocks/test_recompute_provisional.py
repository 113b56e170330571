"""A year is announced: promises that lie in it are reckoned again, once, and never later."""

from datetime import date

import pytest

from tests.clocks.slow import moment
from yizhan.clocks import operations, queries, screens
from yizhan.clocks.models import Clock, Reason

BEFORE, THEN = moment("2026-12-30 10:00"), moment("2026-12-31 09:00")
SPRING = ["2027-02-05", "2027-02-06", "2027-02-07", "2027-02-08"]


@pytest.fixture
def clock(started):
    """Five working days from 30 December: 1 January is off, so 7 January 2027, provisionally."""
    (one,) = started(at=BEFORE, resolve=(5, "days"))
    assert (one.due_at, one.is_provisional) == (moment("2027-01-07 18:00"), True)
    assert screens.PROVISIONAL in screens.notes(one)
    return one


def test_nothing_before_the_year_is_announced(subject, clock):
    assert queries.stale_subjects("regions.region", THEN) == []
    assert operations.recompute_provisional(subject=subject, at=THEN) == {}


def test_a_make_up_workday_brings_it_forward(subject, clock, announce):
    announce([], make_up=["2027-01-03"])
    assert queries.stale_subjects("regions.region", THEN) == [subject.pk]

    earlier = operations.recompute_provisional(subject=subject, at=THEN)

    assert {kind: one.due_at for kind, one in earlier.items()} == {
        "resolve": moment("2027-01-06 18:00")
    }
    kept = Clock.objects.get()
    assert (kept.due_at, kept.is_provisional) == (moment("2027-01-06 18:00"), False)
    assert kept.known_until == date(2027, 12, 31)
    assert kept.amber_at <= kept.due_at
    assert screens.PROVISIONAL not in screens.notes(kept)


def test_more_days_off_change_nothing(subject, clock, announce):
    announce(["2027-01-04", "2027-01-05"])

    assert operations.recompute_provisional(subject=subject, at=THEN) == {}
    kept = Clock.objects.get()
    assert (kept.due_at, kept.is_provisional) == (moment("2027-01-07 18:00"), False)


def test_once(subject, clock, announce):
    announce([], make_up=["2027-01-03"])
    operations.recompute_provisional(subject=subject, at=THEN)

    assert queries.stale_subjects("regions.region", THEN) == []
    assert operations.recompute_provisional(subject=subject, at=THEN) == {}


def test_with_a_pause_and_more_time(world, subject, clock, announce):
    pending = {"kinds": ("resolve",), "reason": Reason.PENDING, "at": BEFORE}
    operations.pause(subject=subject, **pending)
    operations.resume(subject=subject, at=THEN)
    given = {"kind": "resolve", "days": 2, "by": world.by.chen, "at": THEN}
    asked = operations.ask_extension(subject=subject, **given)
    operations.grant_extension(extension=asked, by=world.by.sun, at=THEN)
    before = Clock.objects.get()
    announce([], make_up=["2027-01-03"])

    operations.recompute_provisional(subject=subject, at=THEN)

    kept = Clock.objects.get()
    assert before.due_at == moment("2027-01-12 17:00")
    assert kept.due_at == moment("2027-01-11 17:00")


def test_what_is_due_already_stays(subject, clock, announce):
    announce([], make_up=["2027-01-03"])

    late = moment("2027-01-08 09:00")
    assert queries.stale_subjects("regions.region", late) == []
    assert operations.recompute_provisional(subject=subject, at=late) == {}


def test_the_spring_festival_as_it_is_announced(subject, started, announce):
    (clock,) = started(at=moment("2027-02-04 17:00"), resolve=(3, "days"))
    assert clock.due_at == moment("2027-02-15 18:00")
    announce(SPRING, make_up=["2027-02-14"])

    operations.recompute_provisional(subject=subject, at=moment("2027-02-04 18:00"))

    assert Clock.objects.get().due_at == moment("2027-02-11 18:00")
