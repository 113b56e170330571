"""已联系点单人: who deals with it has reached the person."""

import pytest

from tests.orders.clockwork import MONDAY, clocks, moment
from tests.orders.door import assert_fragment, assert_kept, assert_late, assert_sent_to, assert_shut
from tests.orders.stories import accepted, asked, dispatched, finished, placed, withdrawn
from tests.orders.traces import heard, last, refused, step
from yizhan.orders import operations

TEN = moment("2026-11-23 10:00")


def contact(order, by, at=TEN, how="phone"):
    return operations.contact(order=order, how=how, by=by, at=at)


@pytest.mark.parametrize(("who", "how"), [("chen", "visit"), ("sun", "phone"), ("zhou", "phone")])
def test_it_is_kept_and_meets_the_clock(world, who, how):
    order, by = accepted(world, MONDAY), getattr(world.by, who)

    with heard() as told:
        order = contact(order, by, how=how)

    assert order.state == "accepted"
    assert last(order) == step("contacted", by, TEN, means=how)
    assert clocks(order)["contact"].met_at == TEN
    assert told == []


def test_it_is_an_answer_too(world):
    order = contact(placed(world, MONDAY), world.by.sun)

    assert clocks(order)["sign"].met_at == TEN
    assert clocks(order)["resolve"].met_at is None


@pytest.mark.parametrize("story", [placed, asked, dispatched, accepted])
def test_while_it_is_open(world, story):
    assert contact(story(world, MONDAY), world.by.sun)


@pytest.mark.parametrize("story", [finished, withdrawn])
def test_not_when_it_is_over(world, story):
    order = story(world, MONDAY)

    with refused("wrong_state", "这张单子不在办"):
        contact(order, world.by.sun)


@pytest.mark.parametrize("who", ["aunt_wang", "he", "liu", "qian", "feng"])
def test_nobody_else_says_so(world, who):
    order = accepted(world, MONDAY)

    with refused("not_your_post", "由受理的人或承办人来记"):
        contact(order, getattr(world.by, who))


def test_once_a_round(world):
    order = contact(accepted(world, MONDAY), world.by.chen)

    with refused("contacted", "已经记过"):
        contact(order, world.by.chen)


def test_the_handler_s_page(world, at, door):
    order = accepted(world, at)
    assert "已联系点单人" in door("chen").get("show", order).text

    answer = door("chen").send("contact", order, how="visit")

    assert_sent_to(answer, f"/orders/{order.code}/")
    page = door("chen").get("show", order).text
    assert "记下已联系" not in page


def test_htmx(world, at, door):
    answer = door("sun").send("contact", placed(world, at), htmx=True, how="phone")

    assert_fragment(answer, "已记下联系过点单人")


def test_how_is_asked(world, at, door):
    assert_kept(door("chen").send("contact", accepted(world, at)), "请选怎么联系的")


def test_outside_and_late(world, at, door):
    assert_shut(door, "contact", accepted(world, at), how="phone")
    order = finished(world, at)
    assert_late(door("chen").send("contact", order, how="phone"), "这张单子不在办")
