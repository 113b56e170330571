"""A second person does not agree to more time."""

import pytest

from tests.clocks.slow import moment
from yizhan.base.verdict import Refused
from yizhan.clocks import operations, queries
from yizhan.clocks.models import Clock

TUESDAY, FRIDAY = moment("2026-11-24 10:00"), moment("2026-11-27 10:00")


def test_the_promise_stays(world, subject, started):
    (before,) = started(resolve=(5, "days"))
    given = {"kind": "resolve", "days": 3, "by": world.by.chen, "at": TUESDAY}
    asked = operations.ask_extension(subject=subject, **given)

    with pytest.raises(Refused, match="请别人来批"):
        operations.refuse_extension(extension=asked, by=world.by.chen, at=FRIDAY)
    operations.refuse_extension(extension=asked, by=world.by.sun, at=FRIDAY)

    clock = Clock.objects.get()
    assert (clock.due_at, clock.extra_days) == (before.due_at, 0)
    asked.refresh_from_db()
    assert (asked.state, asked.decided_by) == ("refused", world.sun)
    assert queries.waiting_extension(subject) is None
