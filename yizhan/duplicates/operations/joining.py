"""Asking for the same as somebody else: the same act as placing, merged at once."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from yizhan.base.actor import Actor, holder_of
from yizhan.duplicates import rules
from yizhan.duplicates.vectors import SAME
from yizhan.orders import operations as orders
from yizhan.orders.models import Order
from yizhan.orders.operations.placing import Wish


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody adds who asks for the same, and how to reach them. All of it may be empty."""

    words: str = ""
    place: str = ""
    contact_name: str = ""
    contact_phone: str = ""


@transaction.atomic
def join(*, main: Order, said: Said, by: Actor, at: datetime) -> Order:
    """Ask for the same as an order one was shown: an order of one's own, with receipt and rating,
    that is answered together with it. Raises `Refused("over")` when the other has ended.
    """
    main = Order.objects.lock(main)
    rules.can_join(main, by).or_refuse()
    wish = Wish(
        words=said.words or SAME,
        category=main.category,
        region=main.region,
        station=main.station,
        place=said.place,
        contact_name=said.contact_name,
        contact_phone=said.contact_phone,
    )
    order = orders.place(wish=wish, by=by, at=at)
    asker = by if by.person_id else replace(holder_of("orders.order", order.pk), via=by.via)
    return orders.fold_in(order=order, main=main, by=asker, at=at)


@transaction.atomic
def attach(*, order: Order, main: Order, by: Actor, at: datetime) -> Order:
    """Put one's own new order to another about the same; both are answered together."""
    locked = _locked(order, main)
    rules.can_attach(locked[order.pk], locked[main.pk], by).or_refuse()
    return orders.fold_in(order=order, main=main, by=by, at=at)


def _locked(*wanted: Order) -> dict[int, Order]:
    """The rows, locked in the order of their keys."""
    return {pk: Order.objects.lock(Order(pk=pk)) for pk in sorted({one.pk for one in wanted})}
