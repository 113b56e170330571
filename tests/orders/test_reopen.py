"""要求再办: a new round, with new promises and a new rating."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.orders.door import assert_fragment, assert_kept, assert_late, assert_sent_to, assert_shut
from tests.orders.stories import (
    accepted,
    anonymous,
    finished,
    holder,
    invited,
    rated,
    turned_away,
    withdrawn,
)
from tests.orders.traces import heard, kinds, last, refused, step
from yizhan.orders import operations
from yizhan.orders.models import Invitation
from yizhan.ratings.models import Level, Rating, Solved


def reopen(order, by, at):
    return operations.reopen(order=order, reason="灯又不亮了", by=by, at=at)


def again(world, order, at):
    """The new round, led to its end by the same people."""
    chen, liu = world.by.chen, world.units["B1"]
    operations.dispatch(order=order, unit=liu, pool=True, by=world.by.sun, at=at)
    operations.accept(order=order, by=chen, at=at)
    return operations.finish(order=order, result="换了线路", by=chen, at=at)


@pytest.mark.parametrize("story", [finished, rated, turned_away])
def test_a_new_round_begins(world, at, story):
    order = story(world, at)
    before, version = order.state, order.version

    with heard() as told:
        order = reopen(order, world.by.aunt_wang, at)

    assert (order.state, order.round, order.version) == ("received", 2, version + 1)
    assert (order.handler, order.unit, order.pool, order.door_word) == (None, None, False, "")
    assert order.finished_at is None
    moved = {"from": before, "to": "received"}
    assert last(order) == step("reopened", world.by.aunt_wang, at, words="灯又不亮了", **moved)
    assert told == sorted([("order_reopened", world.sun.pk), ("order_reopened", world.ma.pk)])


def test_the_promises_are_made_anew(world, at):
    order = reopen(finished(world, at), world.by.aunt_wang, at + timedelta(days=7))

    order.refresh_from_db()
    assert order.placed_at == at
    assert order.arrange_by == datetime(2026, 12, 1, 1, tzinfo=UTC)
    assert order.finish_by == datetime(2026, 12, 4, 10, tzinfo=UTC)


def test_the_new_round_can_be_rated_and_the_old_rating_stays(world, at):
    order = again(world, reopen(rated(world, at), world.by.aunt_wang, at), at)
    operations.rate(
        order=order, level=Level.FAIR, solved=Solved.PARTLY, words="", by=world.by.aunt_wang, at=at
    )

    rows = Rating.objects.order_by("round").values_list("round", "level", "solved")
    assert list(rows) == [(1, 4, "yes"), (2, 3, "partly")]


def test_who_declined_may_be_asked_in_the_new_round(world, at):
    order = invited(world, at, world.chen, world.he)
    operations.decline(order=order, by=world.by.he, at=at)
    operations.accept(order=order, by=world.by.chen, at=at)
    operations.finish(order=order, result="好了", by=world.by.chen, at=at)
    reopen(order, world.by.aunt_wang, at)
    operations.dispatch(order=order, unit=world.units["B1"], pool=False, by=world.by.sun, at=at)

    order = operations.invite(order=order, people=[world.he], by=world.by.sun, at=at)
    assert set(Invitation.objects.filter(person=world.he).values_list("round", "state")) == {
        (1, "declined"),
        (2, "sent"),
    }
    assert operations.accept(order=order, by=world.by.he, at=at).handler == world.he


def test_the_history_keeps_both_rounds(world, at):
    order = again(world, reopen(finished(world, at), world.by.aunt_wang, at), at)

    once = ["dispatched", "accepted", "finished"]
    assert kinds(order) == ["placed", *once, "reopened", *once]


def test_the_receipt_is_enough(world, at):
    order = anonymous(world, at)
    operations.turn_away(order=order, words="请到大厅办", by=world.by.sun, at=at)

    assert reopen(order, holder(order), at).round == 2


@pytest.mark.parametrize("who", ["grandpa_li", "chen", "sun", "ma", "liu", "zhou"])
def test_nobody_else_reopens(world, at, who):
    order = finished(world, at)

    with refused("not_asker", "只有点单人可以要求再办"):
        reopen(order, getattr(world.by, who), at)


@pytest.mark.parametrize("story", [accepted, withdrawn])
def test_only_what_had_an_end(world, at, story):
    order = story(world, at)

    with refused("wrong_state", "办结之后才能要求再办"):
        reopen(order, world.by.aunt_wang, at)


def test_a_plain_form(world, at, door):
    order = finished(world, at)
    answer = door("aunt_wang").send("reopen", order, reason="灯又不亮了")

    assert_sent_to(answer, f"/orders/{order.code}/")
    order.refresh_from_db()
    assert (order.state, order.round) == ("received", 2)


def test_htmx(world, at, door):
    answer = door("aunt_wang").send("reopen", rated(world, at), htmx=True, reason="灯又不亮了")

    assert_fragment(answer, "已重新打开，会再安排人办", "灯又不亮了")


def test_the_former_handler_no_longer_sees_it(world, at, door):
    order = reopen(finished(world, at), world.by.aunt_wang, at)

    assert door("chen").get("show", order).status_code == 404


def test_outside(world, at, door):
    assert_shut(door, "reopen", finished(world, at), reason="灯又不亮了")


def test_late(world, at, door):
    order = reopen(finished(world, at), world.by.aunt_wang, at)

    assert_late(
        door("aunt_wang").send("reopen", order, reason="灯又不亮了"), "办结之后才能要求再办"
    )


def test_a_reason_is_needed(world, at, door):
    answer = door("aunt_wang").send("reopen", finished(world, at), reason="坏")

    assert_kept(answer, "请说说哪里没办好，好接着办", "\n坏</textarea>")
