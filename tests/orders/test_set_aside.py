"""挂账: it cannot be done now, and the asker hears why."""

import pytest

from tests.orders.stories import (
    accepted,
    dispatched,
    escalated,
    finished,
    invited,
    placed,
    received,
)
from tests.orders.traces import heard, last, refused, step
from yizhan.orders import operations
from yizhan.orders.models import Invitation, Order

WHY = "等明年改造"


def set_aside(order, by, at):
    return operations.set_aside(order=order, reason=WHY, by=by, at=at)


@pytest.mark.parametrize("story", [received, escalated, dispatched, accepted])
def test_from_wherever_it_stands(world, at, story):
    order = story(world, at)
    before = order.state

    with heard() as told:
        order = set_aside(order, world.by.sun, at)

    assert (order.state, order.held_from) == ("pending", before)
    moved = {"from": before, "to": "pending"}
    assert last(order) == step("set_aside", world.by.sun, at, words=WHY, **moved)
    assert told == [("order_set_aside", world.aunt_wang.pk)]


def test_invitations_lapse(world, at):
    set_aside(invited(world, at), world.by.sun, at)

    assert Invitation.objects.get().state == "lapsed"


@pytest.mark.parametrize("story", [placed, finished])
def test_not_before_it_was_read_nor_after_it_was_done(world, at, story):
    order = story(world, at)

    with refused("wrong_state", "现在不能挂账"):
        set_aside(order, world.by.sun, at)


@pytest.mark.parametrize("who", ["liu", "chen", "aunt_wang", "feng"])
def test_nobody_else_does(world, at, who):
    order = received(world, at)

    with refused("not_your_post", "挂账由社区或街道来做"):
        set_aside(order, getattr(world.by, who), at)


def test_it_is_open_and_not_on_the_board(world, at):
    order = set_aside(received(world, at), world.by.sun, at)

    assert order in Order.objects.open()
    assert order not in Order.objects.on_board()


def test_the_asker_reads_why(world, at, door):
    told = door("aunt_wang").get("show", set_aside(received(world, at), world.by.sun, at)).text

    assert "暂时办不了" in told
    assert WHY in told
