"""A new card for one that was lost: the old code is dead."""

import pytest

from tests.orders.stories import registered
from tests.orders.test_accept_race import at_once, codes
from tests.people.cast import refused_code
from yizhan.people import operations
from yizhan.people.models import Card


def replace(card, by, at):
    return operations.replace_card(card=card, ending=Card.Ending.LOST, by=by, at=at)


def test_the_old_code_is_dead(world, at):
    person = registered(world, at)
    old = operations.issue_card(person=person, by=world.by.sun, at=at)

    new = replace(old, world.by.sun, at)

    old.refresh_from_db()
    assert (old.state, old.ending, new.state) == ("ended", "lost", "issued")
    assert Card.objects.of_code(old.code.open()) is None
    assert Card.objects.of_code(new.code.open()) == new
    assert [step.kind for step in old.steps] == ["issued", "ended"]
    assert [step.kind for step in new.steps] == ["issued"]


@pytest.mark.parametrize("who", ["feng", "liu", "aunt_wang"])
def test_nobody_else_replaces_it(world, at, who):
    old = operations.issue_card(person=registered(world, at), by=world.by.sun, at=at)

    assert refused_code(lambda: replace(old, getattr(world.by, who), at)) == "outside"


def test_two_desks_replace_it_once(race_db, at):
    person = registered(race_db, at)
    old = operations.issue_card(person=person, by=race_db.by.sun, at=at)

    outcomes = at_once([lambda: replace(old, race_db.by.sun, at) for _ in range(2)])

    assert codes(outcomes) == {"won": 1, "ended": 1}
    assert Card.objects.in_use().filter(person=person).count() == 1
