"""向全单位开放: half of the time is over and nobody invited has taken it."""

from tests.orders.stories import accepted, dispatched, invited
from tests.orders.traces import heard, last, refused, step
from yizhan.base.actor import CLOCK
from yizhan.orders import operations
from yizhan.orders.models import Order


def open_pool(order, at, by=CLOCK):
    return operations.open_pool(order=order, by=by, at=at)


def test_everybody_in_the_unit_may_take_it(world, at):
    order = invited(world, at)
    assert not Order.objects.offered_to(world.by.he).exists()

    with heard() as told:
        order = open_pool(order, at)

    assert (order.state, order.pool) == ("dispatched", True)
    assert last(order) == step("pool_opened", CLOCK, at)
    assert told == []
    assert operations.accept(order=order, by=world.by.he, at=at).handler == world.he


def test_only_once_and_only_while_it_waits(world, at):
    pool, taken = dispatched(world, at), accepted(world, at)

    with refused("open_already", "已经向全单位开放了"):
        open_pool(pool, at)
    with refused("wrong_state", "已经有人接了"):
        open_pool(taken, at)


def test_nobody_but_the_clock(world, at):
    order = invited(world, at)
    for who in ("sun", "liu", "chen", "aunt_wang"):
        with refused("not_your_post", "由系统按时限来做"):
            open_pool(order, at, by=getattr(world.by, who))
