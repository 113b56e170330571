"""What the counter shows of one person."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localdate

from yizhan.base.actor import Actor
from yizhan.orders.models import Order
from yizhan.people import queries
from yizhan.people.acting import acting_for
from yizhan.people.masking import masked_name, masked_phone
from yizhan.people.models import Card, How, Person, Proxy

LIMIT = 30


@dataclass(frozen=True, slots=True)
class Desk:
    """One person at the counter. `met` says how they were there; empty until staff have said it.

    `orders` are those not over in the area of whoever serves, nothing before `met` is known.
    """

    name: str
    met: str
    card: Card | None
    orders: list[Order]
    proxies: list[Proxy]


def desk(person: Person, by: Actor, *, how: str, at: datetime) -> Desk:
    """The counter's page of one person for one actor."""
    acting = acting_for(by, person, how=how, day=localdate(at))
    at_counter = acting is not None and acting.how != How.FAMILY
    orders: list[Order] = []
    if acting is not None and at_counter:
        seen = Order.objects.visible_to(acting, at).on_board()
        orders = list(seen.with_names().order_by("-pk")[:LIMIT])
    return Desk(
        name=masked_name(person.full_name),
        met=str(How(acting.how).label) if acting is not None and at_counter else "",
        card=queries.card_of(person),
        orders=orders,
        proxies=queries.entrusted_by(person, localdate(at)),
    )


@dataclass(frozen=True, slots=True)
class Namesake:
    """Somebody called the same: as little as tells staff whether it is the same person."""

    name: str
    phone: str
    code: str


def namesake(person: Person, by: Actor) -> Namesake:
    """A namesake as staff see them; `code` only for whom they may serve."""
    ours = Person.objects.served_by(by).filter(pk=person.pk).exists()
    phone = masked_phone(person.phone.open())[-2:] if person.phone else ""
    return Namesake(masked_name(person.full_name), phone, person.code if ours else "")
