"""退回社区: the street says how the community can deal with it."""

import pytest

from tests.orders.door import assert_kept, assert_late, assert_sent_to, assert_shut
from tests.orders.stories import escalated, received
from tests.orders.traces import heard, last, refused, step
from yizhan.orders import operations

HOW = "社区可以请物业换灯"


def send_down(order, by, at):
    return operations.send_down(order=order, reason=HOW, by=by, at=at)


def test_the_street_gives_it_back(world, at):
    order = escalated(world, at)

    with heard() as told:
        order = send_down(order, world.by.zhou, at)

    assert (order.state, order.at_street) == ("received", False)
    moved = {"from": "escalated", "to": "received"}
    assert last(order) == step("sent_down", world.by.zhou, at, words=HOW, **moved)
    assert told == sorted([("order_sent_down", world.sun.pk), ("order_sent_down", world.ma.pk)])


def test_the_community_dispatches_again(world, at):
    order = send_down(escalated(world, at), world.by.zhou, at)
    given = {"unit": world.units["P"], "pool": False, "by": world.by.sun, "at": at}

    assert operations.dispatch(order=order, **given).state == "dispatched"


@pytest.mark.parametrize("who", ["sun", "ma", "liu", "chen", "aunt_wang", "feng"])
def test_nobody_else_does(world, at, who):
    order = escalated(world, at)

    with refused("not_your_post", "退回社区由街道来做"):
        send_down(order, getattr(world.by, who), at)


def test_a_plain_form_and_the_asker_reads_no_reason(world, at, door):
    order = escalated(world, at)

    assert_sent_to(door("zhou").send("send_down", order, reason=HOW), f"/orders/{order.code}/")
    assert HOW in door("sun").get("show", order).text
    assert HOW not in door("aunt_wang").get("show", order).text


def test_a_reason_is_needed(world, at, door):
    answer = door("zhou").send("send_down", escalated(world, at), reason="")

    assert_kept(answer, "请写一句退回社区的原因")


def test_outside(world, at, door):
    assert_shut(door, "send_down", escalated(world, at), reason=HOW)


def test_late(world, at, door):
    answer = door("zhou").send("send_down", received(world, at), reason=HOW)

    assert_late(answer, "这张单子没有上报街道")
