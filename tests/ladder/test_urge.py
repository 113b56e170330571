"""催办: the time is over; whoever does the next thing hears of it, and who leads them."""

import pytest

from tests.ladder.conftest import run
from tests.orders import stories
from tests.orders.clockwork import MONDAY, clocks, moment
from tests.orders.traces import refused
from yizhan.base.actor import CLOCK
from yizhan.ladder import operations

DUE = moment("2026-11-30 18:00")


@pytest.mark.parametrize(
    ("story", "who"),
    [(stories.received, {"sun", "ma"}), (stories.accepted, {"chen", "liu"})],
)
def test_who_is_told(world, story, who):
    order = story(world, MONDAY)
    resolve = clocks(order)["resolve"]
    run(moment("2026-11-30 17:00"))
    assert {to for kind, to in run(DUE) if kind == "ladder_urged"} == {
        getattr(world, one).pk for one in who
    }
    assert operations.announce(by=CLOCK, at=DUE) == 0
    with refused("fired_already", "已经做过了"):
        operations.urge(clock=resolve, by=CLOCK, at=DUE)


def test_in_its_turn(world):
    clock = clocks(stories.accepted(world, MONDAY))["resolve"]

    with refused("out_of_turn", "前一步还没有做"):
        operations.urge(clock=clock, by=CLOCK, at=DUE)
    operations.remind(clock=clock, by=CLOCK, at=DUE)
    assert operations.urge(clock=clock, by=CLOCK, at=DUE).due_at == DUE
