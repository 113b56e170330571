"""A card that was lost or given back opens nothing."""

import pytest

from tests.orders.stories import registered
from tests.people.cast import refused_code
from yizhan.people import operations
from yizhan.people.models import Card


@pytest.fixture
def card(world, at):
    return operations.issue_card(person=registered(world, at), by=world.by.sun, at=at)


@pytest.mark.parametrize("ending", [Card.Ending.LOST, Card.Ending.RETURNED])
def test_a_card_ends(world, at, card, ending):
    operations.end_card(card=card, ending=ending, by=world.by.ma, at=at)

    kept = Card.objects.get(pk=card.pk)
    assert (kept.state, kept.ending) == ("ended", ending)
    assert Card.objects.of_code(kept.code.open()) is None
    step = kept.steps.last()
    assert (step.kind, step.actor_id) == ("ended", world.ma.pk)
    assert step.facts == {"from": "issued", "to": "ended", "ending": str(ending)}


def test_a_card_ends_once(world, at, card):
    def end():
        operations.end_card(card=card, ending=Card.Ending.LOST, by=world.by.sun, at=at)

    end()
    assert refused_code(end) == "ended"


@pytest.mark.parametrize("who", ["feng", "liu", "zhou", "aunt_wang"])
def test_nobody_else_ends_it(world, at, card, who):
    def end():
        by = getattr(world.by, who)
        operations.end_card(card=card, ending=Card.Ending.LOST, by=by, at=at)

    assert refused_code(end) == "outside"
