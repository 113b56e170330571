"""补充: work goes on where it stopped."""

import pytest

from tests.orders.door import (
    assert_fragment,
    assert_kept,
    assert_late,
    assert_sent_to,
    assert_shut,
)
from tests.orders.stories import accepted, anonymous, asked, holder, placed
from tests.orders.traces import heard, last, refused, step
from yizhan.orders import operations


def answer(order, by, at):
    return operations.answer(order=order, words="住二楼", by=by, at=at)


def test_before_dispatch_it_goes_back_to_the_clerks(world, at):
    order = asked(world, at)

    with heard() as told:
        order = answer(order, world.by.aunt_wang, at)

    assert (order.state, order.asked_from, order.version) == ("received", "", 3)
    moved = {"from": "asking", "to": "received"}
    assert last(order) == step("answered", world.by.aunt_wang, at, words="住二楼", **moved)
    assert told == sorted([("order_answered", world.sun.pk), ("order_answered", world.ma.pk)])


def test_while_working_it_goes_back_to_the_handler(world, at):
    order = operations.ask(order=accepted(world, at), question="？？", by=world.by.chen, at=at)

    with heard() as told:
        order = answer(order, world.by.aunt_wang, at)

    assert (order.state, order.asked_from, order.handler) == ("accepted", "", world.chen)
    assert told == [("order_answered", world.chen.pk)]


@pytest.mark.parametrize("who", ["sun", "ma", "qian"])
def test_staff_write_it_down_for_the_resident(world, at, who):
    order = answer(asked(world, at), getattr(world.by, who), at)

    assert order.state == "received"
    assert last(order)["actor"] == getattr(world, who).pk


def test_the_receipt_is_enough(world, at):
    order = operations.ask(order=anonymous(world, at), question="？？", by=world.by.sun, at=at)

    order = answer(order, holder(order), at)
    moved = {"from": "asking", "to": "received"}
    assert last(order) == step("answered", holder(order), at, words="住二楼", **moved)


@pytest.mark.parametrize("who", ["grandpa_li", "chen", "liu", "zhou", "feng"])
def test_nobody_else_answers(world, at, who):
    order = asked(world, at)

    with refused("not_asker", "补充由点单人来写"):
        answer(order, getattr(world.by, who), at)


def test_another_receipt_is_not_enough(world, at):
    order, other = asked(world, at), anonymous(world, at)

    with refused("not_asker", "补充由点单人来写"):
        answer(order, holder(other), at)


def test_without_a_question_there_is_no_answer(world, at):
    order = placed(world, at)

    with refused("wrong_state", "现在没有要补充的问题"):
        answer(order, world.by.aunt_wang, at)


def test_a_plain_form(world, at, door):
    order = asked(world, at)

    assert_sent_to(
        door("aunt_wang").send("answer", order, words="住二楼"), f"/orders/{order.code}/"
    )
    order.refresh_from_db()
    assert order.state == "received"


def test_by_receipt_without_login(world, at, door):
    order = operations.ask(order=anonymous(world, at), question="？？", by=world.by.sun, at=at)
    receipt = order.receipt_code

    assert_sent_to(door().send("answer", receipt, words="住二楼"), f"/orders/{receipt}/")
    order.refresh_from_db()
    assert order.state == "received"


def test_htmx(world, at, door):
    sent = door("aunt_wang").send("answer", asked(world, at), htmx=True, words="住二楼")

    assert_fragment(sent, "补充的情况已收到，接着办", "住二楼")


def test_outside(world, at, door):
    assert_shut(door, "answer", asked(world, at), words="住二楼")


def test_late(world, at, door):
    answer(order := asked(world, at), world.by.sun, at)

    assert_late(door("aunt_wang").send("answer", order, words="住二楼"), "现在没有要补充的问题")


def test_words_are_needed(world, at, door):
    sent = door("aunt_wang").send("answer", asked(world, at), words="二")

    assert_kept(sent, "请写上要补充的情况", "\n二</textarea>")
