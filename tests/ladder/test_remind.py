"""提醒: most of the time is used; only whoever does the next thing hears of it."""

import pytest

from tests.ladder.conftest import run
from tests.orders import stories
from tests.orders.clockwork import MONDAY, clocks, moment
from tests.orders.traces import refused
from yizhan.base.actor import CLOCK
from yizhan.base.models import Notice
from yizhan.ladder import operations
from yizhan.orders import operations as orders

SOON = moment("2026-11-26 16:00")


def reached(world, order):
    return orders.contact(order=order, how="phone", by=world.by.sun, at=MONDAY)


@pytest.mark.parametrize(
    ("story", "who"),
    [
        (stories.received, {"sun", "ma"}),
        (stories.disputed, {"zhou"}),
        (stories.accepted, {"chen"}),
    ],
)
def test_who_is_told(world, story, who):
    reached(world, story(world, MONDAY))
    operations.announce(by=CLOCK, at=MONDAY)

    told = {to for kind, to in run(SOON) if kind in ("ladder_reminded", "ladder_urged")}
    assert told == {getattr(world, one).pk for one in who}


def test_the_words_name_nothing(world):
    reached(world, stories.accepted(world, MONDAY))
    run(SOON)

    notice = Notice.objects.get(kind="ladder_reminded")
    assert notice.text == "一张单子快到答应的时间了，请看看。"
    assert notice.link.startswith("/orders/")


def test_once_and_not_before(world):
    clock = clocks(stories.accepted(world, MONDAY))["resolve"]

    with refused("not_due", "还没有到这一步"):
        operations.remind(clock=clock, by=CLOCK, at=MONDAY)
    assert operations.remind(clock=clock, by=CLOCK, at=SOON).rung == "reminded"
    with refused("fired_already", "已经做过了"):
        operations.remind(clock=clock, by=CLOCK, at=SOON)
    with refused("not_your_post", "由系统按时限来做"):
        operations.remind(clock=clock, by=world.by.zhou, at=SOON)
