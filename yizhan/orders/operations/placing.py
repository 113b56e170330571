"""An order comes in: from a phone, by a request to be called back, or written down by staff."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from yizhan.base import crypto, files
from yizhan.base.actor import Actor
from yizhan.base.codes import receipt_code
from yizhan.base.outbox import tell
from yizhan.base.switches import is_on
from yizhan.orders import admission, messages, promises, queries, rules
from yizhan.orders.models import RECEIPT, Order, Photo
from yizhan.orders.states import Source
from yizhan.people.models import Scope
from yizhan.places.models import Station
from yizhan.regions.models import Region
from yizhan.routing.models import Category

CALL_ME = "请给我回电话"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked, where, and how to reach who asks. Photos are cleaned JPEG bytes."""

    words: str
    category: Category
    region: Region
    station: Station | None = None
    place: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    photos: Sequence[bytes] = field(default_factory=tuple)


@transaction.atomic
def place(*, wish: Wish, by: Actor, at: datetime) -> Order:
    """Someone asks for something from their phone, with or without an account, or for family."""
    rules.can_stand_in(by, Scope.ORDER).or_refuse()
    rules.can_place(wish.category, queries.placed_lately(by, at)).or_refuse()
    admission.can_come_in(_knock(wish, by), by, at).or_refuse()
    return _create(wish, source=Source.PHONE_PAGE, author_id=_author(by), by=by, at=at)


@transaction.atomic
def call_back(
    *, phone: str, name: str, region: Region, category: Category, by: Actor, at: datetime
) -> Order:
    """Someone leaves a number and asks to be called; the rest is written down on the telephone."""
    wish = Wish(
        words=CALL_ME, category=category, region=region, contact_phone=phone, contact_name=name
    )
    admission.can_come_in(_knock(wish, by, calls=True), by, at).or_refuse()
    return _create(wish, source=Source.CALL_BACK, author_id=_author(by), by=by, at=at)


@transaction.atomic
def enter(*, wish: Wish, source: Source, by: Actor, at: datetime) -> Order:
    """Staff write down what someone asks at the counter or on the telephone.

    Of a person registered at the counter, for whom they act, it is that person's order.
    """
    rules.can_stand_in(by, Scope.ORDER).or_refuse()
    rules.can_enter(by, wish.region.code).or_refuse()
    rules.can_place(wish.category).or_refuse()
    return _create(
        wish,
        source=source,
        author_id=by.on_behalf_of,
        entered_by_id=by.person_id,
        by=by,
        at=at,
    )


def _knock(wish: Wish, by: Actor, *, calls: bool = False) -> admission.Knock:
    return admission.Knock(
        person_id=_author(by),
        phone=wish.contact_phone,
        words=wish.words,
        category=wish.category.code,
        region_code=wish.region.code,
        calls=calls,
    )


def _author(by: Actor) -> int | None:
    return by.on_behalf_of or by.person_id


def _create(
    wish: Wish,
    *,
    source: Source,
    author_id: int | None,
    by: Actor,
    at: datetime,
    entered_by_id: int | None = None,
) -> Order:
    rules.can_take_in(is_on=is_on("orders", wish.region.code)).or_refuse()
    order = Order(source=source, author_id=author_id, entered_by_id=entered_by_id, placed_at=at)
    _fill(order, wish)
    promises.promise(order, at)
    order.save(force_insert=True)
    for data in wish.photos:
        Photo.objects.create(order=order, file=files.keep(data, media_type="image/jpeg", at=at))
    order.begin(
        "placed",
        by=by,
        at=at,
        source=str(source),
        category=wish.category.code,
        station=wish.station.code if wish.station else "",
        photos=len(wish.photos),
    )
    promises.start(order, at)
    tell(*messages.placed(order, at), at=at)
    return order


def _fill(order: Order, wish: Wish) -> None:
    order.category, order.brief = wish.category, wish.category.brief
    order.region, order.region_code = wish.region, wish.region.code
    order.station, order.place, order.words = wish.station, wish.place, wish.words
    order.contact_name, order.contact_phone = wish.contact_name, wish.contact_phone
    receipt = receipt_code()
    order.receipt, order.receipt_index = receipt, crypto.index(receipt, use=RECEIPT)
