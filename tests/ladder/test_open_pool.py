"""Half of the window is over: the order opens to the whole unit; its leaders hear of it."""

from tests.ladder.conftest import fired, run
from tests.orders import stories
from tests.orders.clockwork import MONDAY, moment, windows
from tests.orders.traces import last, refused, step
from yizhan.base.actor import CLOCK
from yizhan.ladder import operations

HALF = moment("2026-11-24 08:50")


def test_the_unit_may_take_it(world):
    order = stories.invited(world, MONDAY)

    told = run(HALF)

    order.refresh_from_db()
    assert order.pool
    assert last(order) == step("pool_opened", CLOCK, HALF)
    assert told == sorted([("ladder_opened", who.pk) for who in (world.liu, world.sun, world.ma)])


def test_what_is_open_need_not_be_opened(world):
    order = stories.dispatched(world, MONDAY)

    assert run(HALF) == []
    assert fired(order) == []


def test_once_and_not_before(world):
    order = stories.invited(world, MONDAY)
    (window,) = windows(order)

    with refused("not_due", "还没有到这一步"):
        operations.open_pool(clock=window, by=CLOCK, at=MONDAY)
    operations.open_pool(clock=window, by=CLOCK, at=HALF)
    with refused("fired_already", "已经做过了"):
        operations.open_pool(clock=window, by=CLOCK, at=HALF)
