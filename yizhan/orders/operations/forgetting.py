"""Taking away what tells who asked. What happened, when, and how it ended stays."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from yizhan.base import crypto, files
from yizhan.base.actor import Actor
from yizhan.base.codes import receipt_code
from yizhan.base.files import drop_later
from yizhan.base.steps import Remark
from yizhan.orders import cases, queries, rules
from yizhan.orders.models import RECEIPT, Order, SavedFilter
from yizhan.people.models import Person
from yizhan.ratings.queries import ratings_of

CONTACT = ("contact_name", "contact_phone", "place")
WORDS = (*CONTACT, "words", "receipt", "receipt_index", "door_word")


@transaction.atomic
def forget_asker(*, order: Order, by: Actor, at: datetime, person: Person | None = None) -> Order:
    """Remove name, number and address from an order that is over.

    `person` is whose request it is, where it is one. Raises `Refused("still_open")` while somebody
    is at work on it.
    """
    order = Order.objects.lock(order)
    rules.can_forget_asker(order, by, queries.whose(order, person)).or_refuse()
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


@transaction.atomic
def erase_words(*, order: Order, by: Actor, at: datetime, person: Person | None = None) -> Order:
    """Remove all that was said and shown in an order that is over, and who asked for it.

    Words, photos, remarks, the words of its ratings; the receipt opens nothing any more. States,
    times, category and levels stay, so that every count stays. Refused like `forget_asker`.
    """
    order = Order.objects.lock(order)
    rules.can_forget_asker(order, by, queries.asker_of(order, person)).or_refuse()
    for column in (*CONTACT, "words"):
        setattr(order, column, None)
    receipt = receipt_code()
    order.receipt, order.receipt_index = receipt, crypto.index(receipt, use=RECEIPT)
    order.door_word = ""
    said = Q(pk__in=order.steps.values("remark")) | Q(pk__in=ratings_of(order).values("words"))
    Remark.objects.filter(said, erased_at=None).update(text=None, erased_at=at)
    photos = list(order.photos.values_list("file", flat=True))
    order.photos.all().delete()
    drop_later(photos)
    cases.erase(order, by, at)
    order.note("erased", by=by, at=at, saving=WORDS, photos=len(photos))
    return order


@transaction.atomic
def forget_filters(*, person: Person, by: Actor, at: datetime) -> int:
    """Blank the filters of the table that a person kept under names of their own."""
    mine = list(SavedFilter.objects.select_for_update().filter(person=person).exclude(name=""))
    for saved in mine:
        rules.can_drop_filter(saved, by).or_refuse()
        saved.name, saved.query, saved.ended_at = "", "", saved.ended_at or at
        saved.save(update_fields=["name", "query", "ended_at"])
    return len(mine)
