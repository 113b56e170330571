"""取消挂账: what was missing is there."""

import pytest

from tests.orders.stories import accepted, received
from tests.orders.traces import heard, last, refused, step
from tests.pendings.conftest import pended, proposed
from yizhan.orders.models import Order
from yizhan.pendings import operations


def resume(pending, by, at):
    return operations.resume(pending=pending, words="钱到了", by=by, at=at)


@pytest.mark.parametrize("story", [received, accepted])
def test_the_order_goes_on_where_it_stopped(world, at, story):
    order = story(world, at)
    before = order.state
    pending = pended(world, at, order=order)

    with heard() as told:
        pending = resume(pending, world.by.sun, at)

    assert (pending.state, Order.objects.get().state) == ("resumed", before)
    moved = {"from": "on_list", "to": "resumed"}
    assert last(pending) == step("resumed", world.by.sun, at, words="钱到了", **moved)
    assert told == [("order_taken_up", world.aunt_wang.pk)]


def test_also_when_a_strike_off_was_proposed(world, at):
    assert resume(proposed(world, at), world.by.ma, at).state == "resumed"


def test_it_may_be_put_on_the_list_again(world, at):
    pending = resume(pended(world, at), world.by.sun, at)

    assert pended(world, at, order=Order.objects.get(pk=pending.order_id)).state == "on_list"


@pytest.mark.parametrize("who", ["aunt_wang", "liu", "chen", "feng"])
def test_nobody_else_does(world, at, who):
    pending = pended(world, at)

    with refused("not_your_post", "社区或街道"):
        resume(pending, getattr(world.by, who), at)


def test_late(world, at, browser):
    pending = resume(pended(world, at), world.by.sun, at)

    answer = browser("sun").send(pending.order, "resume", words="钱到了")
    assert answer.status_code == 409
    assert "不在挂账里" in answer.text
