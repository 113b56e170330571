"""告知去处: this matter is dealt with elsewhere."""

import pytest

from tests.orders.door import assert_fragment, assert_kept, assert_late, assert_sent_to, assert_shut
from tests.orders.stories import anonymous, asked, dispatched, placed, turned_away
from tests.orders.traces import heard, last, refused, step
from yizhan.orders import operations

WORDS = "请到政务大厅 3 号窗口"


def turn_away(order, by, at):
    return operations.turn_away(order=order, words=WORDS, by=by, at=at)


@pytest.mark.parametrize("who", ["sun", "ma", "zhou"])
def test_the_asker_is_told_where_to_go(world, at, who):
    order, by = placed(world, at), getattr(world.by, who)

    with heard() as told:
        order = turn_away(order, by, at)

    assert (order.state, order.version) == ("turned_away", 2)
    moved = {"from": "placed", "to": "turned_away"}
    assert last(order) == step("turned_away", by, at, words=WORDS, **moved)
    assert told == [("order_turned_away", world.aunt_wang.pk)]


def test_who_has_no_account_is_told_by_telephone(world, at):
    order = anonymous(world, at)

    with heard() as told:
        turn_away(order, world.by.sun, at)
    assert told == [("order_turned_away", "13800000001")]


@pytest.mark.parametrize("who", ["aunt_wang", "chen", "liu", "qian", "feng"])
def test_nobody_else_turns_away(world, at, who):
    order = placed(world, at)

    with refused("not_your_post", "告知去处由社区工作人员来做"):
        turn_away(order, getattr(world.by, who), at)


@pytest.mark.parametrize("story", [asked, dispatched, turned_away])
def test_only_before_dispatch(world, at, story):
    order = story(world, at)

    with refused("wrong_state", "这张单子已经派出"):
        turn_away(order, world.by.sun, at)


def test_a_plain_form(world, at, door):
    order = placed(world, at)

    assert_sent_to(door("sun").send("turn_away", order, words=WORDS), f"/orders/{order.code}/")
    assert WORDS in door("aunt_wang").get("show", order).text


def test_htmx(world, at, door):
    answer = door("sun").send("turn_away", placed(world, at), htmx=True, words=WORDS)

    assert_fragment(answer, "已告诉点单人到哪里办", WORDS, "已告知去处")


def test_outside(world, at, door):
    assert_shut(door, "turn_away", placed(world, at), words=WORDS)


def test_late(world, at, door):
    assert_late(door("sun").send("turn_away", dispatched(world, at), words=WORDS), "已经派出")


def test_the_place_must_be_named(world, at, door):
    answer = door("sun").send("turn_away", placed(world, at), words="别处")

    assert_kept(answer, "请写明到哪里办、电话多少", "\n别处</textarea>")
