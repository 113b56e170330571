"""A clock goes on, and what it stood still comes after its due."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction

from tests.clocks.slow import moment
from yizhan.clocks import operations, queries, screens
from yizhan.clocks.models import Clock, Pause, Reason

TUESDAY = moment("2026-11-24 10:00")
FRIDAY = moment("2026-11-27 10:00")
HOUR = timedelta(hours=1)


def stood(subject, started, **lengths):
    clocks = started(**lengths)
    operations.pause(subject=subject, kinds=tuple(lengths), reason=Reason.RESIDENT, at=TUESDAY)
    return clocks


def test_the_working_time_of_the_pause_comes_after_the_due(subject, started):
    stood(subject, started, arrange=(1, "days"), resolve=(5, "days"))

    moved = operations.resume(subject=subject, at=FRIDAY)

    dues = {clock.kind: clock.due_at for clock in Clock.objects.all()}
    assert dues == {
        "arrange": moment("2026-11-27 18:00"),
        "resolve": moment("2026-12-03 18:00"),
    }
    assert {kind: clock.due_at for kind, clock in moved.items()} == dues
    clock = Clock.objects.get(kind="resolve")
    assert (clock.paused_at, clock.paused_for, clock.paused) == (None, "", 22.5 * HOUR)
    assert clock.amber_at == moment("2026-12-01 15:12")
    assert "停过 3 天，已顺延" in screens.notes(clock)


def test_the_pause_is_kept(subject, started):
    (clock,) = stood(subject, started, resolve=(5, "days"))

    operations.resume(subject=subject, at=FRIDAY)

    (pause,) = queries.pauses_of([clock])
    assert (pause.clock, pause.reason) == (clock, "waiting_for_resident")
    assert (pause.from_at, pause.to_at, pause.added) == (TUESDAY, FRIDAY, 22.5 * HOUR)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Pause.objects.update(added=HOUR)


def test_twice_paused_moves_twice(subject, started):
    stood(subject, started, resolve=(5, "days"))
    operations.resume(subject=subject, at=FRIDAY)
    pending = {"kinds": ("resolve",), "reason": Reason.PENDING, "at": FRIDAY + HOUR}
    operations.pause(subject=subject, **pending)
    operations.resume(subject=subject, at=FRIDAY + 4 * HOUR)

    clock = Clock.objects.get()
    assert clock.due_at == moment("2026-12-04 09:30")
    assert Pause.objects.count() == 2


def test_a_weekend_adds_nothing(subject, started):
    started(resolve=(5, "days"))
    saturday = moment("2026-11-28 10:00")
    pending = {"kinds": ("resolve",), "reason": Reason.PENDING, "at": saturday}
    operations.pause(subject=subject, **pending)
    operations.resume(subject=subject, at=saturday + 24 * HOUR)

    assert Clock.objects.get().due_at == moment("2026-11-30 18:00")
    assert Pause.objects.get().added == timedelta(0)


def test_the_hard_limit_moves_too(subject, started):
    stood(subject, started, sign=(600, "minutes"))

    operations.resume(subject=subject, at=TUESDAY + HOUR)

    assert Clock.objects.get().hard_at == moment("2026-11-25 09:30")


def test_nothing_stood_still(subject, started):
    started(resolve=(5, "days"))

    assert operations.resume(subject=subject, at=FRIDAY) == {}
    assert not Pause.objects.exists()
