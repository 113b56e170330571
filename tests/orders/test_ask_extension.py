"""申请延期: more time, with a reason, once."""

import pytest

from tests.orders.clockwork import MONDAY, clocks, moment, same
from tests.orders.door import assert_fragment, assert_kept, assert_late, assert_sent_to, assert_shut
from tests.orders.stories import accepted, asked, dispatched, finished, placed
from tests.orders.traces import heard, last, refused, step
from yizhan.clocks.models import Extension
from yizhan.orders import operations

TUESDAY = moment("2026-11-24 10:00")
WHY = "零件要从外地寄来"


def ask(order, by, at=TUESDAY, days=3):
    return operations.ask_extension(order=order, days=days, reason=WHY, by=by, at=at)


@pytest.mark.parametrize(
    ("story", "who"), [(accepted, "chen"), (accepted, "liu"), (dispatched, "liu")]
)
def test_the_promise_stands_until_somebody_agrees(world, story, who):
    order, by = story(world, MONDAY), getattr(world.by, who)

    with heard() as told:
        order = ask(order, by)

    assert last(order) == step("extension_asked", by, TUESDAY, words=WHY, days=3)
    assert told == sorted([(f"order_{'extension_asked'}", one.pk) for one in (world.sun, world.ma)])
    assert order.finish_by == moment("2026-11-30 18:00")
    assert same(order)
    assert clocks(order)["resolve"].asked_days == 3
    assert Extension.objects.get().state == "asked"


@pytest.mark.parametrize("story", [placed, asked, finished])
def test_only_while_a_unit_has_it(world, story):
    order = story(world, MONDAY)

    with refused("not_your_post" if story is not finished else "wrong_state", "延期"):
        ask(order, world.by.chen)


@pytest.mark.parametrize("who", ["aunt_wang", "he", "sun", "zhou", "feng"])
def test_nobody_else_asks(world, who):
    order = accepted(world, MONDAY)

    with refused("not_your_post", "由承办人或承办单位申请"):
        ask(order, getattr(world.by, who))


def test_five_days_at_most(world):
    order = accepted(world, MONDAY)

    with refused("too_long", "最多 5 个工作日"):
        ask(order, world.by.chen, days=6)


def test_not_twice(world):
    order = ask(accepted(world, MONDAY), world.by.chen)

    with refused("asked_once", "只能延期一次"):
        ask(order, world.by.liu)


def test_not_after_the_promise_was_broken(world):
    order = accepted(world, MONDAY)

    with refused("too_late", "已经过了答应的时间"):
        ask(order, world.by.chen, at=moment("2026-12-01 09:00"))


def test_the_handler_s_page(world, at, door):
    order = accepted(world, at)
    answer = door("chen").send("ask_extension", order, days="3", reason=WHY)

    assert_sent_to(answer, f"/orders/{order.code}/")
    page = door("chen").get("show", order).text
    assert "申请延期" in page
    assert "延期几天" not in page
    assert "申请延期 3 个工作日，等批" in page


def test_the_asker_does_not_read_of_it_yet(world, at, door):
    order = ask(accepted(world, at), world.by.chen, at)

    assert WHY not in door("aunt_wang").get("show", order).text


def test_htmx_and_what_is_missing(world, at, door):
    order = accepted(world, at)
    assert_kept(door("chen").send("ask_extension", order, days="9", reason=WHY), WHY)
    assert_kept(door("chen").send("ask_extension", order, days="2"), "请写一句延期的原因")
    answer = door("chen").send("ask_extension", order, htmx=True, days="2", reason=WHY)
    assert_fragment(answer, "批准之前时限不变")


def test_outside_and_late(world, at, door):
    assert_shut(door, "ask_extension", accepted(world, at), days="2", reason=WHY)
    order = finished(world, at)
    assert_late(door("chen").send("ask_extension", order, days="2", reason=WHY), "办结之前")
