"""同意延期: a second person agrees, and the asker is told why and until when."""

import pytest

from tests.orders.clockwork import MONDAY, clocks, moment, same
from tests.orders.door import assert_fragment, assert_kept, assert_late, assert_sent_to, assert_shut
from tests.orders.stories import accepted, anonymous
from tests.orders.traces import heard, last, refused, step
from yizhan.base.models import Notice
from yizhan.clocks.models import Extension
from yizhan.orders import operations

TUESDAY, FRIDAY = moment("2026-11-24 10:00"), moment("2026-11-27 10:00")
WHY = "零件下周才到，到了马上来装"


def asked(world, at=TUESDAY, start=MONDAY, who="chen"):
    by, order = getattr(world.by, who), accepted(world, start)
    return operations.ask_extension(order=order, days=3, reason="等零件", by=by, at=at)


def grant(order, by, at=FRIDAY):
    return operations.grant_extension(order=order, words=WHY, by=by, at=at)


@pytest.mark.parametrize("who", ["sun", "ma", "zhou"])
def test_the_promise_moves_and_is_told(world, who):
    order, by = asked(world), getattr(world.by, who)

    with heard() as told:
        order = grant(order, by)

    assert last(order) == step("extension_granted", by, FRIDAY, words=WHY, days=3)
    assert order.finish_by == moment("2026-12-03 18:00")
    assert same(order)
    assert (clocks(order)["resolve"].extra_days, clocks(order)["resolve"].asked_days) == (3, 0)
    assert told == sorted(
        [
            ("order_extension_decided", world.chen.pk),
            ("order_extension_granted", world.aunt_wang.pk),
        ]
    )
    assert Extension.objects.get().decided_by_id == by.person_id


def test_the_message_says_until_when(world):
    grant(asked(world), world.by.sun)

    text = Notice.objects.get(kind="order_extension_granted").text
    assert "12月3日 18:00 前办好" in text


def test_done_by_then_is_in_time(world):
    order = grant(asked(world), world.by.sun)
    late = moment("2026-12-03 17:00")
    operations.finish(order=order, result="好了", by=world.by.chen, at=late)

    assert clocks(order)["resolve"].met_at < clocks(order)["resolve"].due_at


@pytest.mark.parametrize("who", ["aunt_wang", "liu", "chen", "feng", "qian"])
def test_nobody_else_agrees(world, who):
    order = asked(world, who="chen")

    with refused("not_your_post", "由派单的社区或街道来批"):
        grant(order, getattr(world.by, who))


def test_never_by_who_deals_with_it(world, at):
    order = operations.place(wish=_wish(world), by=world.by.aunt_wang, at=MONDAY)
    given = {"unit": world.units["C"], "pool": True, "by": world.by.ma, "at": MONDAY}
    order = operations.dispatch(order=order, **given)
    order = operations.accept(order=order, by=world.by.sun, at=MONDAY)
    given = {"days": 2, "reason": "等零件", "by": world.by.sun, "at": TUESDAY}
    order = operations.ask_extension(order=order, **given)

    with refused("own_request", "请别人来批"):
        grant(order, world.by.sun)
    assert grant(order, world.by.ma)


def _wish(world):
    from tests.world import wish

    return wish(world)


def test_nothing_to_agree_to(world):
    order = accepted(world, MONDAY)

    with refused("wrong_state", "没有等您批的延期申请"):
        grant(order, world.by.sun)


def test_once_for_all(world):
    order = grant(asked(world), world.by.sun)

    with refused("asked_once", "只能延期一次"):
        operations.ask_extension(order=order, days=1, reason="还等", by=world.by.chen, at=FRIDAY)


def test_the_desk_reads_the_reason_and_decides(world, at, door):
    order = asked(world, at=at, start=at)
    page = door("sun").get("show", order).text
    assert "承办人申请延期" in page
    assert "等零件" in page

    answer = door("sun").send("grant_extension", order, words=WHY)

    assert_sent_to(answer, f"/orders/{order.code}/")
    told = door("aunt_wang").get("show", order).text
    assert WHY in told
    assert "已延期 3 个工作日" in told
    assert "等零件" not in told


def test_htmx_and_what_is_missing(world, at, door):
    order = asked(world, at=at, start=at)
    assert_kept(door("sun").send("grant_extension", order, words="等"), "请写一句为什么要晚几天")
    answer = door("sun").send("grant_extension", order, htmx=True, words=WHY)
    assert_fragment(answer, "已告诉点单人新的时间")


def test_outside_and_late(world, at, door):
    order = asked(world, at=at, start=at)
    assert_shut(door, "grant_extension", order, words=WHY)
    grant(order, world.by.ma, at)
    assert_late(door("sun").send("grant_extension", order, words=WHY), "没有等您批的延期申请")


def test_who_has_no_account_is_told_by_telephone(world, at):
    order = anonymous(world, MONDAY)
    given = {"unit": world.units["B1"], "pool": True, "by": world.by.sun, "at": MONDAY}
    order = operations.dispatch(order=order, **given)
    order = operations.accept(order=order, by=world.by.chen, at=MONDAY)
    by = world.by.chen
    order = operations.ask_extension(order=order, days=1, reason="等零件", by=by, at=TUESDAY)

    with heard() as told:
        grant(order, world.by.sun)
    assert ("order_extension_granted", "13800000001") in told
