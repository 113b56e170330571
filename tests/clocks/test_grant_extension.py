"""A second person agrees to more time."""

import pytest

from tests.clocks.slow import moment
from yizhan.base.verdict import Refused
from yizhan.clocks import operations, queries, screens
from yizhan.clocks.models import Clock

TUESDAY, FRIDAY = moment("2026-11-24 10:00"), moment("2026-11-27 10:00")


@pytest.fixture
def asked(world, subject, started):
    started(resolve=(5, "days"))
    given = {"kind": "resolve", "days": 3, "by": world.by.chen, "at": TUESDAY}
    return operations.ask_extension(subject=subject, **given)


def test_the_due_moves_by_so_many_office_days(world, subject, asked):
    operations.grant_extension(extension=asked, by=world.by.sun, at=FRIDAY)

    clock = Clock.objects.get()
    assert (clock.due_at, clock.extra_days) == (moment("2026-12-03 18:00"), 3)
    assert clock.amber_at == moment("2026-11-30 11:42")
    assert "已延期 3 个工作日" in screens.notes(clock)
    asked.refresh_from_db()
    assert (asked.state, asked.decided_by, asked.decided_at) == ("granted", world.sun, FRIDAY)
    assert asked.due_before == moment("2026-11-30 18:00")
    assert queries.waiting_extension(subject) is None


def test_never_by_who_asked(world, asked):
    with pytest.raises(Refused, match="请别人来批"):
        operations.grant_extension(extension=asked, by=world.by.chen, at=FRIDAY)
    assert Clock.objects.get().extra_days == 0


def test_not_twice_and_never_again(world, subject, asked):
    operations.grant_extension(extension=asked, by=world.by.sun, at=FRIDAY)

    with pytest.raises(Refused, match="已经有人批过"):
        operations.grant_extension(extension=asked, by=world.by.ma, at=FRIDAY)
    with pytest.raises(Refused, match="只能延期一次"):
        operations.ask_extension(
            subject=subject, kind="resolve", days=1, by=world.by.chen, at=FRIDAY
        )


def test_not_when_it_is_done(world, subject, asked):
    operations.meet(subject=subject, kinds=("resolve",), at=FRIDAY)

    with pytest.raises(Refused, match="不用再批延期"):
        operations.grant_extension(extension=asked, by=world.by.sun, at=FRIDAY)
