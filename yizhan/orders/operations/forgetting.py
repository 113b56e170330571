"""Taking away what tells who asked. What happened, when, and how it ended stays."""

from datetime import datetime

from django.db import transaction

from yizhan.base.actor import Actor
from yizhan.orders import rules
from yizhan.orders.models import Order

CONTACT = ("contact_name", "contact_phone", "place")


@transaction.atomic
def forget_asker(*, order: Order, by: Actor, at: datetime) -> Order:
    """Remove name, number and address from an order that is over.

    Raises `Refused("still_open")` while somebody is at work on it.
    """
    order = Order.objects.lock(order)
    rules.can_forget_asker(order, by).or_refuse()
    for column in CONTACT:
        setattr(order, column, None)
    order.note("forgotten", by=by, at=at, saving=CONTACT)
    return order
