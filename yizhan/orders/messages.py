"""To whom each act is told. The texts are in `notices.py`; here only ids and codes."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils.timezone import localdate

from yizhan.base.actor import Actor
from yizhan.base.outbox import Message, Recipient
from yizhan.orders import whom
from yizhan.orders.models import Order


def asker(order: Order) -> Recipient:
    """Whoever placed the order: the account, else the sealed number, else nobody."""
    return Recipient(person_id=order.author_id, phone=order.contact_phone)


def to_asker(order: Order, kind: str, *, about: Model | None = None, **facts: Any) -> list[Message]:
    """A message to whoever placed the order; with the sealed receipt if there is no account.

    `about` is the case beside the order of which it tells.
    """
    sealed = "" if order.author_id else order.receipt.raw.hex()
    told = {"order": order.code, "receipt": sealed, **facts}
    return [Message(asker(order), kind, about or order, told)]


def to_people(order: Order, kind: str, people: Iterable[int], **facts: Any) -> list[Message]:
    """The same message to several accounts."""
    return [
        Message(Recipient(person_id=pk), kind, order, {"order": order.code, **facts})
        for pk in people
    ]


def on_behalf(order: Order, by: Actor) -> list[Message]:
    """Whoever somebody else has acted for is told of it."""
    return to_asker(order, "order_on_behalf") if by.on_behalf_of is not None else []


def placed(order: Order, at: datetime) -> list[Message]:
    """The asker gets the promise, the community's clerks the news."""
    clerks = whom.triagers(order.region, localdate(at))
    promise = order.arrange_by.isoformat()
    return [
        *to_asker(order, "order_placed", arrange_by=promise),
        *to_people(order, "order_arrived", clerks),
    ]


def to_clerks(order: Order, kind: str, at: datetime) -> list[Message]:
    """A message to those who triage orders of the community."""
    return to_people(order, kind, whom.triagers(order.region, localdate(at)))


def to_street(order: Order, kind: str, at: datetime) -> list[Message]:
    """A message to those at the street who decide where an order goes."""
    return to_people(order, kind, whom.deciders(order, localdate(at)))


def to_dispatchers(order: Order, kind: str, at: datetime) -> list[Message]:
    """A message to whoever dispatches it now: the community, or the street it was passed to."""
    return (to_street if order.at_street else to_clerks)(order, kind, at)


def to_unit(order: Order, kind: str, at: datetime) -> list[Message]:
    """A message to those who answer for the unit that has the order."""
    people = whom.leaders(order.unit, localdate(at)) if order.unit else []
    return to_people(order, kind, people)


def to_workers(order: Order, kind: str, at: datetime) -> list[Message]:
    """A message to everyone on the order, once each: clerks, the unit's leaders, the handler.

    Those at the street too, where it was passed up to them.
    """
    day = localdate(at)
    people = [*whom.triagers(order.region, day)]
    people += whom.deciders(order, day) if order.at_street else []
    people += whom.leaders(order.unit, day) if order.unit else []
    people += [order.handler_id] if order.handler_id else []
    return to_people(order, kind, dict.fromkeys(people))
