"""A year is announced: orders promised in it are reckoned again, once, never later."""

import pytest

from tests.clocks.conftest import announce as announce
from tests.orders.clockwork import clocks, moment, same
from tests.orders.stories import placed
from tests.orders.traces import heard, kinds, last, refused
from yizhan.base.actor import CLOCK
from yizhan.base.models import Notice
from yizhan.orders import jobs, operations
from yizhan.orders.models import Order

DECEMBER, THEN = moment("2026-12-30 10:00"), moment("2026-12-31 05:40")


@pytest.fixture
def morning(monkeypatch):
    """Run the job with the clock at this moment."""

    def run(at=THEN):
        monkeypatch.setattr(jobs, "now", lambda: at)
        jobs.recompute_provisional()

    return run


def test_it_comes_earlier_and_is_told(world, announce, morning):
    order = placed(world, DECEMBER)
    assert order.finish_by == moment("2027-01-07 18:00")
    announce([], make_up=["2027-01-03"])

    with heard() as told:
        morning()

    order = Order.objects.get(pk=order.pk)
    assert order.finish_by == moment("2027-01-06 18:00")
    assert same(order)
    assert (last(order)["kind"], last(order)["actor"]) == ("recomputed", None)
    assert told == [("order_recomputed", world.aunt_wang.pk)]
    assert "1月6日 18:00 前办好" in Notice.objects.get(kind="order_recomputed").text


def test_once(world, announce, morning):
    order = placed(world, DECEMBER)
    announce([], make_up=["2027-01-03"])
    morning()
    version = Order.objects.get(pk=order.pk).version

    morning()

    assert Order.objects.get(pk=order.pk).version == version


def test_never_later(world, announce, morning):
    order = placed(world, DECEMBER)
    announce(["2027-01-04", "2027-01-05"])

    with heard() as told:
        morning()

    assert told == []
    assert kinds(order) == ["placed"]
    assert Order.objects.get(pk=order.pk).finish_by == moment("2027-01-07 18:00")
    assert not clocks(order)["resolve"].is_provisional


def test_only_the_clock_does(world):
    order = placed(world, DECEMBER)

    with refused("not_your_post", "系统会自动重算"):
        operations.recompute_provisional(order=order, by=world.by.sun, at=THEN)


def test_not_when_it_is_over(world):
    given = {"reason": "", "by": world.by.aunt_wang, "at": DECEMBER}
    order = operations.withdraw(order=placed(world, DECEMBER), **given)

    with refused("wrong_state", "已经办结"):
        operations.recompute_provisional(order=order, by=CLOCK, at=THEN)
