"""At the counter: a person without a telephone is registered and gets a card."""

from datetime import datetime

from django.db import transaction

from yizhan.base import crypto
from yizhan.base.actor import Actor
from yizhan.base.codes import receipt_code
from yizhan.people import queries, rules
from yizhan.people.models import CARD, Card, Person
from yizhan.regions.models import Region


@transaction.atomic
def register_person(
    *, name: str, home: Region, notice_version: str, anyway: bool, by: Actor, at: datetime
) -> Person:
    """Write down a person who has no telephone; there is no name and no way to sign in.

    `notice_version` is the notice that was given on paper, `anyway` says that a namesake of the
    same community is somebody else. Refused with no_power, outside or same_name.
    """
    Region.objects.select_for_update(no_key=True).get(pk=home.pk)
    found = queries.namesakes(name, home)
    rules.can_register_person(
        by, home_code=home.code, namesakes=len(found), anyway=anyway
    ).or_refuse()
    person = Person(name=name, home=home, notice_version=notice_version)
    person.set_unusable_password()
    person.save()
    person.begin("registered", by=by, at=at, notice=notice_version, namesakes=len(found))
    return person


@transaction.atomic
def issue_card(*, person: Person, by: Actor, at: datetime) -> Card:
    """Give a person a card; refused with has_card while another one is in use."""
    Person.objects.lock(person)
    has_card = Card.objects.in_use().filter(person=person).exists()
    rules.can_issue_card(person, by, has_card=has_card).or_refuse()
    return _issue(person, by=by, at=at)


@transaction.atomic
def end_card(*, card: Card, ending: Card.Ending, by: Actor, at: datetime) -> Card:
    """A card was lost or given back: its code opens nothing any more."""
    Person.objects.lock(card.person)
    card = Card.objects.lock(card)
    rules.can_end_card(card, by).or_refuse()
    return _end(card, ending, by=by, at=at)


@transaction.atomic
def replace_card(*, card: Card, ending: Card.Ending, by: Actor, at: datetime) -> Card:
    """A new card for one that was lost or is worn; the old code is dead from now on."""
    Person.objects.lock(card.person)
    card = Card.objects.lock(card)
    rules.can_replace_card(card, by).or_refuse()
    _end(card, ending, by=by, at=at)
    return _issue(card.person, by=by, at=at)


def _issue(person: Person, *, by: Actor, at: datetime) -> Card:
    code = receipt_code()
    card = Card(person=person, code=code, code_index=crypto.index(code, use=CARD), issued_at=at)
    card.save(force_insert=True)
    card.begin("issued", by=by, at=at, person=person.pk)
    return card


def _end(card: Card, ending: Card.Ending, *, by: Actor, at: datetime) -> Card:
    card.ending = ending
    card.move(Card.State.ENDED, by=by, at=at, saving=("ending",), ending=str(ending))
    return card
