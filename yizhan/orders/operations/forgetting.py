"""Taking away what tells who asked. What happened, when, and how it ended stays."""

from datetime import datetime

from django.db import transaction

from yizhan.base import files
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


@transaction.atomic
def forget_photos(*, order: Order, by: Actor, at: datetime) -> Order:
    """Delete the photos of an order that is over; that there were some stays in its history.

    Raises `Refused("still_open")` while somebody is at work on it.
    """
    order = Order.objects.lock(order)
    rules.can_forget_asker(order, by).or_refuse()
    photos = list(order.photos.select_related("file"))
    for photo in photos:
        photo.delete()
        files.drop(photo.file)
    order.note("photos_forgotten", by=by, at=at, photos=len(photos))
    return order
