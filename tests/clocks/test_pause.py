"""A clock stands still, for a reason."""

import pytest

from tests.clocks.slow import moment
from yizhan.clocks import operations, rules, screens
from yizhan.clocks.models import Clock, Reason

NOON = moment("2026-11-23 11:00")
LONG_AFTER = moment("2026-12-23 11:00")


@pytest.mark.parametrize("reason", list(Reason))
def test_it_stands_and_says_why(subject, started, reason):
    started(sign=(240, "minutes"), resolve=(5, "days"))

    assert operations.pause(subject=subject, kinds=("resolve",), reason=reason, at=NOON) == 1

    clock = Clock.objects.get(kind="resolve")
    assert (clock.paused_at, clock.paused_for) == (NOON, reason)
    assert rules.light(clock, LONG_AFTER) == rules.Light.PAUSED
    assert reason.label in screens.notes(clock)
    assert Clock.objects.get(kind="sign").paused_at is None


def test_it_comes_to_no_mark_meanwhile(subject, started):
    started(resolve=(5, "days"))
    operations.pause(subject=subject, kinds=("resolve",), reason=Reason.RESIDENT, at=NOON)

    assert not Clock.objects.red(LONG_AFTER).exists()
    assert not Clock.objects.amber(LONG_AFTER).exists()


def test_the_first_reason_stays(subject, started):
    started(resolve=(5, "days"))
    operations.pause(subject=subject, kinds=("resolve",), reason=Reason.RESIDENT, at=NOON)

    again = {"kinds": ("resolve",), "reason": Reason.PENDING, "at": LONG_AFTER}
    assert operations.pause(subject=subject, **again) == 0
    assert Clock.objects.get().paused_at == NOON


def test_not_what_is_met(subject, started):
    started(resolve=(5, "days"))
    operations.meet(subject=subject, kinds=("resolve",), at=NOON)

    given = {"kinds": ("resolve",), "reason": Reason.PENDING, "at": LONG_AFTER}
    assert operations.pause(subject=subject, **given) == 0
