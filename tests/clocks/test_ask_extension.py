"""More time is asked for, once."""

import pytest
from django.db import IntegrityError, transaction

from tests.clocks.slow import moment
from yizhan.base.verdict import Refused
from yizhan.clocks import operations, queries
from yizhan.clocks.models import Extension

TUESDAY = moment("2026-11-24 10:00")


def ask(subject, by, **more):
    values = {"kind": "resolve", "days": 3, "at": TUESDAY} | more
    return operations.ask_extension(subject=subject, by=by, **values)


def test_it_waits_for_a_decision(world, subject, started):
    (clock,) = started(resolve=(5, "days"))

    asked = ask(subject, world.by.chen)

    assert Extension.objects.get() == asked
    assert (asked.clock, asked.state, asked.days) == (clock, "asked", 3)
    assert (asked.asked_by, asked.asked_at) == (world.chen, TUESDAY)
    assert asked.due_before == moment("2026-11-30 18:00")
    assert queries.waiting_extension(subject) == asked
    clock.refresh_from_db()
    assert clock.due_at == asked.due_before


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"kind": "sign"}, "no_clock"),
        ({"days": 6}, "too_long"),
        ({"at": moment("2026-12-01 10:00")}, "too_late"),
    ],
)
def test_not_so(world, subject, started, given, code):
    started(resolve=(5, "days"))

    with pytest.raises(Refused) as refused:
        ask(subject, world.by.chen, **given)
    assert refused.value.code == code
    assert not Extension.objects.exists()


def test_not_twice(world, subject, started):
    started(resolve=(5, "days"))
    asked = ask(subject, world.by.chen)

    with pytest.raises(Refused, match="只能延期一次"):
        ask(subject, world.by.sun)
    with pytest.raises(IntegrityError, match="extension_once"), transaction.atomic():
        Extension.objects.create(
            clock=asked.clock, days=1, asked_at=TUESDAY, due_before=asked.due_before
        )


def test_again_after_a_refusal(world, subject, started):
    started(resolve=(5, "days"))
    first = ask(subject, world.by.chen)
    operations.refuse_extension(extension=first, by=world.by.sun, at=TUESDAY)

    assert ask(subject, world.by.chen).pk != first.pk
