"""Whoever leaves the platform is in no plan any more; the counts stay."""

from tests.dispatch.stories import chosen, queue, skilled
from yizhan.base.actor import CLOCK
from yizhan.dispatch import operations
from yizhan.dispatch.holdings import _proposed
from yizhan.dispatch.models import Proposal
from yizhan.privacy.holdings import HOLDINGS


def test_out_of_every_plan(world, at):
    skilled(world.chen, "水电维修")
    queue(world, at, 2)
    sent = operations.draw_up(by=world.by.sun, at=at)
    sent = operations.send(plan=sent, choices={}, by=world.by.sun, at=at)
    queue(world, at, 4)
    draft = operations.draw_up(by=world.by.sun, at=at)
    theirs = list(chosen(sent).values()).count(world.chen.pk)
    drafted = list(chosen(draft).values()).count(world.chen.pk)
    assert theirs == 2
    assert [row["发出"] for row in _proposed(world.chen)][:2] == ["2026-11-22 12:00"] * 2

    count = operations.forget_proposals(person=world.chen, by=CLOCK, at=at)

    assert count == theirs + drafted
    assert not Proposal.objects.filter(person=world.chen).exists()
    assert not Proposal.objects.filter(first=world.chen).exists()
    sent.refresh_from_db()
    assert sent.counts["invited"] == 2
    assert _proposed(world.chen) == []
    assert HOLDINGS["dispatch.proposed"].forget is not None


def test_a_plan_goes_on_without_them(world, at):
    skilled(world.chen, "水电维修")
    queue(world, at, 2)
    plan = operations.draw_up(by=world.by.sun, at=at)
    assert operations.forget_proposals(person=world.chen, by=CLOCK, at=at) == 2

    plan.refresh_from_db()
    assert [step.kind for step in plan.steps] == ["drawn_up", "adjusted"]
    plan = operations.adjust(plan=plan, choices={}, by=world.by.sun, at=at)
    assert None not in chosen(plan).values()
