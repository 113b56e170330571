"""请点单人补充: the order waits for the resident."""

import pytest

from tests.orders.door import assert_fragment, assert_kept, assert_late, assert_sent_to, assert_shut
from tests.orders.stories import accepted, anonymous, asked, dispatched, finished, placed
from tests.orders.traces import heard, last, refused, step
from yizhan.base.models import Step
from yizhan.orders import operations


def ask(order, by, at):
    return operations.ask(order=order, question="住几楼？", by=by, at=at)


def test_the_clerk_asks_before_dispatch(world, at):
    order = placed(world, at)

    with heard() as told:
        order = ask(order, world.by.sun, at)

    assert (order.state, order.asked_from, order.version) == ("asking", "received", 2)
    moved = {"from": "placed", "to": "asking"}
    assert last(order) == step("asked", world.by.sun, at, words="住几楼？", **moved)
    assert told == [("order_asked", world.aunt_wang.pk)]


def test_the_handler_asks_while_working(world, at):
    order = ask(accepted(world, at), world.by.chen, at)

    assert (order.state, order.asked_from, order.handler) == ("asking", "accepted", world.chen)
    moved = {"from": "accepted", "to": "asking"}
    assert last(order) == step("asked", world.by.chen, at, words="住几楼？", **moved)


def test_who_has_no_account_is_told_by_telephone(world, at):
    order = anonymous(world, at)

    with heard() as told:
        ask(order, world.by.sun, at)
    assert told == [("order_asked", "13800000001")]


def test_the_question_is_in_no_fact(world, at):
    order = asked(world, at)

    facts = Step.objects.filter(subject_id=order.pk).values_list("facts", flat=True)
    assert "住几楼" not in str(list(facts))


@pytest.mark.parametrize("who", ["aunt_wang", "chen", "liu", "qian", "feng"])
def test_nobody_else_asks(world, at, who):
    order = placed(world, at)

    with refused("not_your_post", "由受理的人或承办人来问"):
        ask(order, getattr(world.by, who), at)


def test_the_clerk_does_not_ask_over_the_handlers_head(world, at):
    order = accepted(world, at)

    with refused("wrong_state", "现在不用再请点单人补充"):
        ask(order, world.by.sun, at)


def test_another_member_does_not_ask(world, at):
    order = accepted(world, at)

    with refused("not_your_post", "由受理的人或承办人来问"):
        ask(order, world.by.he, at)


def test_the_handler_does_not_ask_when_done(world, at):
    order = finished(world, at)

    with refused("not_your_post", "由受理的人或承办人来问"):
        ask(order, world.by.chen, at)


def test_not_while_waiting_for_an_answer(world, at):
    order = asked(world, at)

    with refused("wrong_state", "现在不用再请点单人补充"):
        ask(order, world.by.sun, at)


def test_a_plain_form(world, at, door):
    order = placed(world, at)
    answer = door("sun").send("ask", order, question="住几楼？")

    assert_sent_to(answer, f"/orders/{order.code}/")
    order.refresh_from_db()
    assert order.state == "asking"


def test_htmx(world, at, door):
    answer = door("sun").send("ask", placed(world, at), htmx=True, question="住几楼？")

    assert_fragment(answer, "已请点单人补充", "待补充", "住几楼？")


def test_outside(world, at, door):
    assert_shut(door, "ask", placed(world, at), question="住几楼？")


def test_late(world, at, door):
    answer = door("sun").send("ask", dispatched(world, at), question="住几楼？")

    assert_late(answer, "现在不用再请点单人补充")


def test_a_question_is_needed(world, at, door):
    answer = door("sun").send("ask", placed(world, at), question="？")

    assert_kept(answer, "请写清楚要补充什么", "\n？</textarea>")


def test_a_question_is_needed_in_the_fragment_too(world, at, door):
    answer = door("sun").send("ask", placed(world, at), htmx=True, question="")

    assert_fragment(answer, "请写清楚要补充什么", status=422)
