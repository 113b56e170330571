"""Late by a working day: a 督办单 waits for the street. It goes to a unit, one at a time."""

import pytest

from tests.ladder.conftest import run, supervised, walk
from tests.orders import stories
from tests.orders.clockwork import MONDAY, clocks, moment
from tests.orders.traces import last, refused, step
from yizhan.base.actor import CLOCK
from yizhan.ladder import operations
from yizhan.ladder.models import Supervision

LATE = moment("2026-12-01 18:00")


def test_it_waits_for_the_street(world):
    order = stories.accepted(world, MONDAY)
    run(moment("2026-11-25 09:00"))

    told = run(moment("2026-11-25 18:00"))

    sheet = Supervision.objects.get()
    assert (sheet.order, sheet.unit, sheet.state) == (order, world.units["B1"], "proposed")
    assert sheet.promised_at == clocks(order)["contact"].due_at
    facts = {"order": order.pk, "unit": "B1", "clock": "contact"}
    assert last(sheet) == step("proposed", CLOCK, moment("2026-11-25 18:00"), **facts)
    assert told == [("ladder_supervised", world.zhou.pk)]


@pytest.mark.parametrize(
    ("story", "unit"), [(stories.received, "C"), (stories.accepted, "B1"), (stories.escalated, "")]
)
def test_to_which_unit(world, story, unit):
    story(world, MONDAY)
    walk(moment("2026-11-24 18:00"), LATE)

    assert [sheet.unit.code for sheet in Supervision.objects.all()] == ([unit] if unit else [])


def test_one_at_a_time(world):
    supervised(world)
    walk(moment("2026-12-02 09:00"), moment("2026-12-10 09:00"))

    assert Supervision.objects.count() == 1


def test_in_its_turn(world):
    clock = clocks(stories.accepted(world, MONDAY))["resolve"]
    with refused("out_of_turn", "前一步还没有做"):
        operations.propose(clock=clock, by=CLOCK, at=LATE)
