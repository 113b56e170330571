"""取消挂账: work goes on where it stopped."""

import pytest

from tests.orders.stories import accepted, dispatched, escalated, received, set_aside
from tests.orders.traces import heard, last, refused, step
from yizhan.orders import operations


def take_up(order, by, at):
    return operations.take_up(order=order, reason="钱到了", by=by, at=at)


@pytest.mark.parametrize("story", [received, escalated, dispatched, accepted])
def test_back_to_where_it_stood(world, at, story):
    order = story(world, at)
    before = order.state
    order = operations.set_aside(order=order, reason="等钱", by=world.by.sun, at=at)

    with heard() as told:
        order = take_up(order, world.by.sun, at)

    assert (order.state, order.held_from) == (before, "")
    moved = {"from": "pending", "to": before}
    assert last(order) == step("taken_up", world.by.sun, at, words="钱到了", **moved)
    assert told == [("order_taken_up", world.aunt_wang.pk)]


@pytest.mark.parametrize("who", ["liu", "chen", "aunt_wang", "feng"])
def test_nobody_else_does(world, at, who):
    order = set_aside(world, at)

    with refused("not_your_post", "取消挂账由社区或街道来做"):
        take_up(order, getattr(world.by, who), at)


def test_only_what_is_pending(world, at):
    order = received(world, at)

    with refused("wrong_state", "没有挂账"):
        take_up(order, world.by.sun, at)
