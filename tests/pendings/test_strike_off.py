"""销号: by the asker's word, or by a second person; never by who proposed it."""

import pytest

from tests.orders.stories import anonymous, received
from tests.orders.traces import heard, last, refused, step
from tests.pendings.conftest import RESULT, pended, proposed
from yizhan.base.actor import holder_of
from yizhan.orders import operations as orders
from yizhan.orders.models import Order
from yizhan.pendings import operations
from yizhan.pendings.models import Pending


def strike_off(pending, by, at):
    return operations.strike_off(pending=pending, by=by, at=at)


@pytest.mark.parametrize(("who", "by_asker"), [("aunt_wang", True), ("ma", False), ("zhou", False)])
def test_it_ends_with_the_order(world, at, who, by_asker):
    pending, by = proposed(world, at), getattr(world.by, who)

    with heard() as told:
        pending = strike_off(pending, by, at)

    order = Order.objects.get()
    assert (pending.state, pending.ended_at) == ("struck_off", at)
    moved = {"from": "proposed", "to": "struck_off", "by_asker": by_asker}
    assert last(pending) == step("struck_off", by, at, **moved)
    assert (order.state, order.handler) == ("finished", world.ma)
    assert last(order)["words"] == RESULT
    assert told == [("order_finished", world.aunt_wang.pk)]


def test_the_one_who_proposed_it_is_not_the_second(world, at):
    pending = proposed(world, at)

    with refused("second_person", "不能自己确认"):
        strike_off(pending, world.by.sun, at)


def test_the_holder_of_the_receipt_may(world, at):
    order = orders.admit(order=anonymous(world, at), by=world.by.sun, at=at)
    pending = proposed(world, at, order=order)
    by = holder_of("orders.order", order.pk)

    assert strike_off(pending, by, at).state == "struck_off"


@pytest.mark.parametrize("who", ["grandpa_li", "liu", "chen", "feng"])
def test_nobody_else_does(world, at, who):
    pending = proposed(world, at)

    with refused("not_your_post", "另一位同志"):
        strike_off(pending, getattr(world.by, who), at)


def test_only_what_was_proposed(world, at):
    pending = pended(world, at)

    with refused("wrong_state", "没有要确认的销号"):
        strike_off(pending, world.by.ma, at)


def test_not_what_the_asker_has_withdrawn(world, at):
    pending = proposed(world, at)
    orders.withdraw(order=pending.order, reason="", by=world.by.aunt_wang, at=at)

    with refused("wrong_state", "不在挂账里"):
        strike_off(pending, world.by.ma, at)
    assert not Pending.objects.standing().exists()


def test_by_the_pages(world, at, browser):
    pending = proposed(world, at)

    assert "不能自己确认" in browser("sun").get(pending.order).text
    assert "同意销号" in browser("ma").get(pending.order).text
    told = browser("aunt_wang").get(pending.order).text
    assert RESULT in told
    assert browser("sun").send(pending.order, "strike_off").status_code == 409
    assert browser("aunt_wang").send(pending.order, "strike_off").status_code == 302
    assert browser("ma").send(pending.order, "strike_off").status_code == 409


def test_the_list_shows_what_is_over(world, at, browser):
    strike_off(proposed(world, at), world.by.ma, at)
    pended(world, at, order=received(world, at))

    text = browser("sun").client.get("/pendings/ledger").text
    assert "已销号" in text
    assert "在账" in text
    assert browser("chen").client.get("/pendings/ledger").status_code == 404
