"""服务卡: one in use a person, given out by the counter of their community."""

import pytest
from django.db import IntegrityError, transaction

from tests.orders.stories import registered
from tests.orders.test_accept_race import at_once, codes
from tests.people.cast import refused_code
from yizhan.base.codes import is_receipt
from yizhan.people import operations
from yizhan.people.models import Card


def test_a_card_is_given_out(world, at):
    person = registered(world, at)

    card = operations.issue_card(person=person, by=world.by.qian, at=at)

    kept = Card.objects.get(pk=card.pk)
    code = kept.code.open()
    assert (kept.person, kept.state, kept.ending, kept.issued_at) == (person, "issued", "", at)
    assert is_receipt(code)
    assert Card.objects.of_code(code) == card
    [step] = kept.steps
    assert (step.kind, step.actor_id, step.region_code) == ("issued", world.qian.pk, "610302002002")
    assert step.facts == {"person": person.pk}
    assert code not in str(step.facts)


def test_one_card_at_a_time(world, at):
    person = registered(world, at)
    operations.issue_card(person=person, by=world.by.sun, at=at)

    again = refused_code(lambda: operations.issue_card(person=person, by=world.by.sun, at=at))
    assert again == "has_card"
    with pytest.raises(IntegrityError, match="card_one_in_use"), transaction.atomic():
        Card.objects.create(person=person, code="x", code_index=b"x", issued_at=at)


@pytest.mark.parametrize("who", ["feng", "liu", "chen", "zhou", "anju", "aunt_wang"])
def test_nobody_else_gives_out_cards(world, at, who):
    person, by = registered(world, at), getattr(world.by, who)

    assert refused_code(lambda: operations.issue_card(person=person, by=by, at=at)) == "outside"


def test_two_desks_give_out_one_card(race_db, at):
    person = registered(race_db, at)

    outcomes = at_once(
        [
            lambda: operations.issue_card(person=person, by=race_db.by.sun, at=at),
            lambda: operations.issue_card(person=person, by=race_db.by.qian, at=at),
        ]
    )

    assert codes(outcomes) == {"won": 1, "has_card": 1}
