"""销号: a pending order ends with its result."""

import pytest

from tests.orders.stories import accepted, received, set_aside
from tests.orders.traces import heard, last, refused, step
from yizhan.orders import operations
from yizhan.ratings.models import Level, Solved


def conclude(order, owner, by, at):
    return operations.conclude(order=order, result="灯改好了", owner=owner, by=by, at=at)


def test_it_is_done_and_may_be_rated(world, at):
    order = set_aside(world, at)

    with heard() as told:
        order = conclude(order, world.ma, world.by.sun, at)

    assert (order.state, order.handler, order.finished_at) == ("finished", world.ma, at)
    moved = {"from": "pending", "to": "finished"}
    assert last(order) == step("concluded", world.by.sun, at, words="灯改好了", **moved)
    assert told == [("order_finished", world.aunt_wang.pk)]
    given = {"level": Level.GOOD, "solved": Solved.YES, "words": ""}
    rated = operations.rate(order=order, by=world.by.aunt_wang, at=at, **given)
    assert rated.state == "rated"


def test_whoever_had_it_stays_its_handler(world, at):
    order = operations.set_aside(order=accepted(world, at), reason="等零件", by=world.by.sun, at=at)

    assert conclude(order, world.ma, world.by.sun, at).handler == world.chen


def test_the_asker_may_say_so_too(world, at):
    order = set_aside(world, at)

    assert conclude(order, world.ma, world.by.aunt_wang, at).handler == world.ma


@pytest.mark.parametrize("who", ["liu", "chen", "grandpa_li", "feng"])
def test_nobody_else_does(world, at, who):
    order = set_aside(world, at)

    with refused("not_your_post", "销号由社区或街道来做"):
        conclude(order, world.ma, getattr(world.by, who), at)


def test_only_what_is_pending(world, at):
    order = received(world, at)

    with refused("wrong_state", "没有挂账"):
        conclude(order, world.ma, world.by.sun, at)
