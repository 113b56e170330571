"""The window in which a unit is asked: it begins with each asking, and ends with each answer."""

from datetime import timedelta

import pytest

from tests.orders import stories
from tests.orders.clockwork import MONDAY, moment, windows
from yizhan.orders import operations

TEN = MONDAY + timedelta(hours=1)
TUESDAY = moment("2026-11-24 10:00")


def asked(world):
    return stories.dispatched(world, MONDAY)


def given(world, **more):
    return {"order": asked(world), "at": TEN} | more


def test_it_begins_with_the_asking(world):
    (window,) = windows(asked(world))

    assert (window.started_at, window.due_at) == (MONDAY, moment("2026-11-24 18:00"))
    assert window.is_running


def test_taking_it_meets_it(world):
    order = operations.accept(**given(world, by=world.by.chen))

    assert [one.met_at for one in windows(order)] == [TEN]


@pytest.mark.parametrize(
    ("verb", "who", "more"),
    [
        ("send_back", "liu", {"reason": "没有梯子"}),
        ("dispute", "liu", {"reason": "归物业"}),
        ("call_in", "sun", {}),
        ("withdraw", "aunt_wang", {"reason": ""}),
    ],
)
def test_what_ends_the_asking_stops_it(world, verb, who, more):
    by = getattr(world.by, who)
    order = getattr(operations, verb)(**given(world, by=by, **more))

    assert [one.stopped_at for one in windows(order)] == [TEN]


def test_undone(world):
    order = asked(world)
    later = MONDAY + timedelta(minutes=5)
    operations.undo(order=order, by=world.by.sun, at=later)

    assert [one.stopped_at for one in windows(order)] == [later]


def test_each_asking_has_its_own(world):
    order = operations.accept(**given(world, by=world.by.chen))
    order = operations.send_back(order=order, reason="没有梯子", by=world.by.chen, at=TEN)
    order = operations.dispute(order=order, reason="归物业", by=world.by.liu, at=TEN)
    unit = world.units["B1"]
    order = operations.settle(order=order, unit=unit, words="归你们", by=world.by.zhou, at=TUESDAY)

    assert [one.started_at for one in windows(order)] == [MONDAY, TEN, TUESDAY]
    assert [one.is_running for one in windows(order)] == [False, False, True]


def test_it_stands_still_on_the_pending_list(world):
    order = operations.set_aside(**given(world, by=world.by.sun, reason="等零件"))
    assert windows(order)[0].paused_at == TEN

    order = operations.take_up(order=order, reason="零件到了", by=world.by.sun, at=TUESDAY)
    assert windows(order)[0].is_running
    assert windows(order)[0].due_at == moment("2026-11-25 18:00")


def test_an_end_from_the_pending_list_leaves_none(world):
    order = operations.set_aside(**given(world, by=world.by.sun, reason="等零件"))
    operations.conclude(order=order, result="好了", owner=world.ma, by=world.by.sun, at=TUESDAY)

    assert not windows(order)[0].is_running
