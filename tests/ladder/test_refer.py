"""Late by three working days: people decide. Nothing is done by itself."""

from tests.ladder.conftest import referred, run
from tests.orders import stories
from tests.orders.clockwork import MONDAY, clocks, moment
from tests.orders.traces import last, refused, step
from yizhan.base.actor import CLOCK
from yizhan.ladder import operations
from yizhan.ladder.models import Decision

LATE = moment("2026-11-27 18:00")


def test_it_waits_for_people(world):
    order = stories.accepted(world, MONDAY)
    run(moment("2026-11-27 09:00"))

    told = run(LATE)

    decision = Decision.objects.get()
    assert (decision.order, decision.unit, decision.state) == (order, world.units["B1"], "waiting")
    assert last(decision) == step("asked", CLOCK, LATE, order=order.pk, clock="contact")
    assert told == [("ladder_decided", world.zhou.pk)]
    order.refresh_from_db()
    assert order.state == "accepted"


def test_one_at_a_time(world):
    referred(world)
    run(moment("2026-12-10 09:00"))

    assert Decision.objects.count() == 1


def test_in_its_turn(world):
    clock = clocks(stories.accepted(world, MONDAY))["contact"]
    with refused("out_of_turn", "前一步还没有做"):
        operations.refer(clock=clock, by=CLOCK, at=LATE)
