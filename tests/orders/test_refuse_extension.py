"""不同意延期: the promise stays, and who asked reads why."""

import pytest

from tests.orders.clockwork import clocks, moment, same
from tests.orders.door import assert_fragment, assert_kept, assert_late, assert_shut
from tests.orders.test_grant_extension import asked
from tests.orders.traces import heard, last, refused, step
from yizhan.orders import operations

FRIDAY = moment("2026-11-27 10:00")
WHY = "仓库里有零件，今天去领"


def refuse(order, by, at=FRIDAY):
    return operations.refuse_extension(order=order, reason=WHY, by=by, at=at)


def test_the_promise_stays(world):
    order = asked(world)

    with heard() as told:
        order = refuse(order, world.by.sun)

    assert last(order) == step("extension_refused", world.by.sun, FRIDAY, words=WHY)
    assert order.finish_by == moment("2026-11-30 18:00")
    assert same(order)
    assert clocks(order)["resolve"].asked_days == 0
    assert told == [("order_extension_decided", world.chen.pk)]


def test_it_may_be_asked_again(world):
    order, by = refuse(asked(world), world.by.sun), world.by.chen

    assert operations.ask_extension(order=order, days=1, reason="库里没有", by=by, at=FRIDAY)


@pytest.mark.parametrize("who", ["aunt_wang", "liu", "chen", "feng"])
def test_nobody_else_decides(world, who):
    order = asked(world)

    with refused("not_your_post", "由派单的社区或街道来批"):
        refuse(order, getattr(world.by, who))


def test_the_pages(world, at, door):
    order = asked(world, at=at, start=at)
    assert_shut(door, "refuse_extension", order, reason=WHY)
    assert_kept(door("sun").send("refuse_extension", order, reason=""), "请写一句不同意的原因")
    answer = door("sun").send("refuse_extension", order, htmx=True, reason=WHY)
    assert_fragment(answer, "已不同意延期")
    assert WHY in door("chen").get("show", order).text
    assert WHY not in door("aunt_wang").get("show", order).text
    assert_late(door("sun").send("refuse_extension", order, reason=WHY), "没有等您批的延期申请")
