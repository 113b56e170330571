"""The window is over: back to whoever dispatches; after the second time the asker is told."""

import pytest

from tests.ladder.conftest import fired, run
from tests.orders import stories
from tests.orders.clockwork import MONDAY, moment, windows
from tests.orders.traces import refused
from yizhan.base.actor import CLOCK
from yizhan.base.models import Notice
from yizhan.ladder import case, operations
from yizhan.orders import operations as orders
from yizhan.orders.models import Order

DUE = moment("2026-11-24 18:00")
AGAIN = moment("2026-11-25 09:00")
SECOND = moment("2026-11-26 18:00")


def twice(world, start=stories.dispatched):
    """Given to two units, one after the other, taken by nobody."""
    order = start(world, MONDAY)
    run(DUE)
    order = orders.dispatch(
        order=order, unit=world.units["B2"], pool=True, by=world.by.sun, at=AGAIN
    )
    return order, run(SECOND)


def test_it_comes_back(world):
    order = stories.dispatched(world, MONDAY)

    told = run(DUE)

    order.refresh_from_db()
    assert (order.state, order.unit) == ("received", None)
    assert ("order_called_in", world.sun.pk) in told
    assert "ladder_nobody" not in {kind for kind, _ in told}
    assert ("accept", "called_in") in fired(order)


def test_after_the_second_time_the_asker_is_told_honestly(world):
    order, told = twice(world)

    assert ("ladder_nobody", world.aunt_wang.pk) in told
    assert ("ladder_nobody_street", world.zhou.pk) in told
    notice = Notice.objects.get(kind="ladder_nobody")
    assert "没有人能接" in notice.text
    assert "撤回" in notice.text
    order = Order.objects.with_names().get(pk=order.pk)
    (card,) = case.cards(order, world.by.aunt_wang, SECOND)
    assert (card.title, card.url) == ("还没找到人", "")


def test_without_an_account_by_the_receipt(world):
    start = stories.anonymous
    order = start(world, MONDAY)
    given = {"unit": world.units["B1"], "pool": True, "by": world.by.sun}
    orders.dispatch(order=order, at=MONDAY, **given)
    run(DUE)
    orders.dispatch(order=order, at=AGAIN, **given)
    run(SECOND)

    notice = Notice.objects.get(kind="ladder_nobody")
    assert "凭回执码" in notice.text
    assert order.receipt_code in notice.link


def test_a_new_round_counts_anew(world):
    order, _ = twice(world)
    turned = orders.turn_away(order=order, words="请到物业", by=world.by.sun, at=SECOND)
    order = orders.reopen(order=turned, reason="不归物业", by=world.by.aunt_wang, at=SECOND)
    unit = world.units["B1"]
    orders.dispatch(order=order, unit=unit, pool=True, by=world.by.sun, at=SECOND)

    told = run(moment("2026-11-30 09:00"))
    assert "ladder_nobody" not in {kind for kind, _ in told}


def test_what_somebody_took_stays(world):
    order = stories.accepted(world, MONDAY)
    (window,) = windows(order)

    with refused("not_ticking", "不在走了"):
        operations.call_in(clock=window, by=CLOCK, at=DUE)


def test_three_ways_on_the_page(world, browser):
    order = stories.dispatched(world, MONDAY)
    run(DUE)
    order = Order.objects.with_names().get(pk=order.pk)

    assert [door.label for door in case.doors(order, world.by.sun, DUE)] == ["没人接，三种办法"]
    assert case.doors(order, world.by.liu, DUE) == []
    page = browser("sun", DUE).get(f"orders/{order.code}/choose").text
    for words in ("社区自办", "安居物业", "上报街道由社区书记来做"):
        assert words in page
    page = browser("ma", DUE).get(f"orders/{order.code}/choose").text
    assert "为什么上报街道" in page


def test_passed_up_it_is_the_streets(world, browser):
    order = stories.escalated(world, MONDAY)
    given = {"unit": world.units["B1"], "pool": True, "by": world.by.zhou}
    orders.dispatch(order=order, at=MONDAY, **given)
    run(DUE)

    page = browser("zhou", DUE).get(f"orders/{order.code}/choose").text
    assert "街道自办" in page
    assert "上报街道</button>" not in page
    page = browser("sun", DUE).get(f"orders/{order.code}/choose").text
    assert "这张单子已经上报，由街道来派" in page


@pytest.mark.parametrize("who", ["aunt_wang", "liu", "chen", "feng"])
def test_outside(world, browser, who):
    order = stories.dispatched(world, MONDAY)

    assert browser(who, DUE).get(f"orders/{order.code}/choose").status_code == 404
