"""办结: what was done is reported."""

import pytest

from tests.orders.door import assert_fragment, assert_kept, assert_late, assert_sent_to, assert_shut
from tests.orders.stories import accepted, anonymous, dispatched, finished
from tests.orders.traces import heard, last, refused, step
from yizhan.orders import operations


def finish(order, by, at):
    return operations.finish(order=order, result="换了一只灯泡", by=by, at=at)


@pytest.mark.parametrize("who", ["chen", "sun", "ma"])
def test_the_handler_or_the_community_reports_it(world, at, who):
    order, by = accepted(world, at), getattr(world.by, who)

    with heard() as told:
        order = finish(order, by, at)

    assert (order.state, order.version) == ("finished", 4)
    assert (order.finished_at, order.handler) == (at, world.chen)
    moved = {"from": "accepted", "to": "finished"}
    assert last(order) == step("finished", by, at, words="换了一只灯泡", **moved)
    assert told == [("order_finished", world.aunt_wang.pk)]


def test_who_has_no_account_is_told_by_telephone(world, at):
    order = anonymous(world, at)
    operations.dispatch(order=order, unit=world.units["B1"], pool=True, by=world.by.sun, at=at)
    operations.accept(order=order, by=world.by.chen, at=at)

    with heard() as told:
        finish(order, world.by.chen, at)
    assert told == [("order_finished", "13800000001")]


@pytest.mark.parametrize("who", ["aunt_wang", "he", "liu", "zhou", "qian", "feng"])
def test_nobody_else_reports_it(world, at, who):
    order = accepted(world, at)

    with refused("not_handler", "只有承办人可以办结"):
        finish(order, getattr(world.by, who), at)


def test_not_before_somebody_has_it(world, at):
    order = dispatched(world, at)

    with refused("wrong_state", "这张单子不在办理中"):
        finish(order, world.by.sun, at)


def test_not_twice(world, at):
    order = finished(world, at)

    with refused("wrong_state", "这张单子不在办理中"):
        finish(order, world.by.chen, at)


def test_a_plain_form(world, at, door):
    order = accepted(world, at)
    answer = door("chen").send("finish", order, result="换了一只灯泡")

    assert_sent_to(answer, f"/orders/{order.code}/")
    order.refresh_from_db()
    assert (order.state, order.finished_at) == ("finished", at)


def test_htmx(world, at, door):
    answer = door("chen").send("finish", accepted(world, at), htmx=True, result="换了一只灯泡")

    assert_fragment(answer, "已办结，已请点单人评单", "换了一只灯泡")


def test_the_resident_reads_the_result(world, at, door):
    page = door("aunt_wang").get("show", finished(world, at)).text

    assert "换了一只灯泡" in page
    assert "办好了" in page


def test_outside(world, at, door):
    assert_shut(door, "finish", accepted(world, at), result="换了一只灯泡")


def test_late(world, at, door):
    answer = door("chen").send("finish", finished(world, at), result="又换一只")

    assert_late(answer, "这张单子不在办理中")


def test_a_result_is_needed(world, at, door):
    answer = door("chen").send("finish", accepted(world, at), result="好")

    assert_kept(answer, "请写一句办理结果", "\n好</textarea>")
