"""收回重派: nobody in the unit took it."""

import pytest

from tests.orders.door import assert_late, assert_sent_to, assert_shut
from tests.orders.stories import accepted, dispatched, escalated, invited
from tests.orders.traces import heard, last, refused, step
from yizhan.base.actor import CLOCK
from yizhan.orders import operations
from yizhan.orders.models import Invitation


def call_in(order, by, at):
    return operations.call_in(order=order, by=by, at=at)


def test_the_clock_brings_it_back_to_the_community(world, at):
    order = invited(world, at)

    with heard() as told:
        order = call_in(order, CLOCK, at)

    assert (order.state, order.unit, order.pool) == ("received", None, False)
    moved = {"from": "dispatched", "to": "received", "unit": "B1"}
    assert last(order) == step("called_in", CLOCK, at, **moved)
    assert Invitation.objects.get().state == "lapsed"
    assert told == sorted([("order_called_in", world.sun.pk), ("order_called_in", world.ma.pk)])


def test_the_unit_hears_of_it_from_a_dispatcher(world, at):
    order = dispatched(world, at)

    with heard() as told:
        call_in(order, world.by.sun, at)
    assert ("order_taken_back", world.liu.pk) in told


def test_it_is_no_return_of_the_unit(world, at):
    assert call_in(dispatched(world, at), CLOCK, at).returned_by == []


def test_what_was_passed_up_comes_back_to_the_street(world, at):
    order = operations.dispatch(
        order=escalated(world, at), unit=world.units["B1"], pool=True, by=world.by.zhou, at=at
    )

    with heard() as told:
        order = call_in(order, CLOCK, at)
    assert order.state == "escalated"
    assert told == [("order_called_in", world.zhou.pk)]


@pytest.mark.parametrize("who", ["liu", "chen", "aunt_wang", "feng", "anju"])
def test_nobody_else_does(world, at, who):
    order = dispatched(world, at)

    with refused("not_your_post", "收回重派由派单的人来做"):
        call_in(order, getattr(world.by, who), at)


def test_a_plain_form(world, at, door):
    order = dispatched(world, at)

    assert_sent_to(door("sun").send("call_in", order), f"/orders/{order.code}/")


def test_outside(world, at, door):
    assert_shut(door, "call_in", dispatched(world, at))


def test_late(world, at, door):
    assert_late(door("sun").send("call_in", accepted(world, at)), "已经有人接了，不能收回")
