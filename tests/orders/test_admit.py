"""受理: the community has read it."""

import pytest

from tests.orders.door import assert_fragment, assert_late, assert_sent_to, assert_shut
from tests.orders.stories import anonymous, dispatched, placed
from tests.orders.traces import heard, last, refused, step
from yizhan.orders import operations


@pytest.mark.parametrize("who", ["sun", "ma", "zhou"])
def test_the_community_and_its_street_admit(world, at, who):
    order, by = placed(world, at), getattr(world.by, who)

    with heard() as told:
        order = operations.admit(order=order, by=by, at=at)

    assert (order.state, order.version) == ("received", 2)
    assert last(order) == step("admitted", by, at, **{"from": "placed", "to": "received"})
    assert told == [("order_admitted", world.aunt_wang.pk)]


def test_who_has_no_account_is_told_by_telephone(world, at):
    order = anonymous(world, at)

    with heard() as told:
        operations.admit(order=order, by=world.by.sun, at=at)
    assert told == [("order_admitted", "13800000001")]


@pytest.mark.parametrize("who", ["aunt_wang", "chen", "liu", "qian", "feng", "anju"])
def test_nobody_else_admits(world, at, who):
    order = placed(world, at)

    with refused("not_your_post", "受理由社区工作人员来做"):
        operations.admit(order=order, by=getattr(world.by, who), at=at)


def test_not_twice(world, at):
    order = operations.admit(order=placed(world, at), by=world.by.sun, at=at)

    with refused("wrong_state", "已经受理"):
        operations.admit(order=order, by=world.by.ma, at=at)


def test_a_plain_form(world, at, door):
    order = placed(world, at)
    answer = door("sun").send("admit", order)

    assert_sent_to(answer, f"/orders/{order.code}/")
    order.refresh_from_db()
    assert order.state == "received"


def test_htmx(world, at, door):
    answer = door("sun").send("admit", placed(world, at), htmx=True)

    assert_fragment(answer, "已受理，已告诉点单人", "待派单", "受理")


def test_outside(world, at, door):
    assert_shut(door, "admit", placed(world, at))


def test_late(world, at, door):
    assert_late(door("sun").send("admit", dispatched(world, at)), "这张单子已经受理")


def test_the_asker_is_told_it_is_not_for_them(world, at, door):
    assert_late(door("aunt_wang").send("admit", placed(world, at)), "受理由社区工作人员来做")
