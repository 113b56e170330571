"""Reads about persons: namesakes at a counter, cards, proxies."""

from datetime import date, datetime, timedelta
from typing import TypeVar

from django.db.models import Prefetch, QuerySet

from yizhan.base.actor import Actor
from yizhan.people.models import Availability, Card, Person, Proxy
from yizhan.people.rules import OFFER_DAYS
from yizhan.regions.models import Region

COMPARED = 3000
MOST = 1000
One = TypeVar("One", Card, Proxy)
SHOWN = 50


def namesakes(name: str, home: Region) -> list[Person]:
    """The persons of one community who are called the same.

    Names are sealed and have no index: those of the one community are opened, the newest first, no
    more than `COMPARED`.
    """
    wanted = _spelled(name)
    if not wanted:
        return []
    living = Person.objects.filter(home=home, is_active=True, name__isnull=False).order_by("-pk")
    rows = living.select_related("home")[:COMPARED]
    return [person for person in rows if _spelled(person.full_name) == wanted]


def _spelled(name: str) -> str:
    return "".join(name.split())


def at_counter(by: Actor) -> list[Person]:
    """Those registered at a counter of this actor's area, the newest first, with their cards."""
    return list(_with_cards(by)[:SHOWN])


def _with_cards(by: Actor) -> QuerySet[Person]:
    cards = Prefetch("cards", Card.objects.in_use(), to_attr="cards_in_use")
    served: QuerySet[Person] = Person.objects.served_by(by).prefetch_related(cards)
    return served.order_by("-pk")


def card_of(person: Person) -> Card | None:
    """The person's card in use."""
    return Card.objects.in_use().with_holder().filter(person=person).first()


def card_at(person: Person, number: int) -> Card | None:
    """The first, second, third card a person was given."""
    return _at(Card.objects.with_holder().filter(person=person), number)


def proxy_at(principal: Person, number: int) -> Proxy | None:
    """The first, second, third proxy a person gave."""
    return _at(Proxy.objects.with_names().filter(principal=principal), number)


def _at(rows: QuerySet[One], number: int) -> One | None:
    within = 0 < number <= MOST
    return rows.order_by("pk")[number - 1 : number].first() if within else None


def entrusted_by(person: Person, day: date) -> list[Proxy]:
    """What a person has entrusted to their family and is not over, the newest first."""
    return list(person.proxies.standing(day).with_names().order_by("-pk"))


def entrusted_to(by: Actor, day: date) -> list[Proxy]:
    """The persons for whom this one acts as family."""
    if not by.person_id:
        return []
    return list(Proxy.objects.in_force(day).filter(agent=by.person_id).with_names().order_by("pk"))


def waiting(code: str, at: datetime) -> Proxy | None:
    """The proxy that can still be taken on under this code."""
    proxy = Proxy.objects.of_code(code)
    if proxy is None or at - proxy.offered_at > timedelta(days=OFFER_DAYS):
        return None
    return proxy


def mandates(person_id: int, day: date) -> QuerySet[Proxy]:
    """What this person holds as family of others on a day."""
    return Proxy.objects.in_force(day).filter(agent=person_id)


def called(name: str, by: Actor) -> list[Person]:
    """Those registered in this actor's area whose name begins so, spaces aside."""
    wanted = _spelled(name)
    rows = _with_cards(by)[:COMPARED]
    return [one for one in rows if wanted and _spelled(one.full_name).startswith(wanted)][:SHOWN]


def times_of(person: Person) -> Availability:
    """When this person may be asked; any time, as long as they have said nothing."""
    kept = Availability.objects.filter(person=person).first()
    return kept or Availability(person=person)
