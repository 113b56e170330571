"""What ends of an order when its period is over, counted from the day it was over itself."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from yizhan.base.actor import Actor
from yizhan.base.steps import Step
from yizhan.orders import operations
from yizhan.orders.models import Order, OrderQuerySet
from yizhan.orders.states import State
from yizhan.privacy.retention import Ending, register

CONTACT = Q(contact_name=None, contact_phone=None, place=None)
FORGETTING = ("forgotten", "photos_forgotten")


def over_since(cutoff: datetime) -> OrderQuerySet:
    """Orders that were over at the cutoff: done, or withdrawn, turned away or merged into one that
    is done, with nothing since.
    """
    later = Step.objects.filter(
        subject_type=Order._meta.label_lower, subject_id=OuterRef("pk"), at__gt=cutoff
    ).exclude(kind__in=FORGETTING)
    done = Q(state__in=[State.FINISHED, State.RATED], finished_at__lte=cutoff)
    closed = Q(state__in=[State.WITHDRAWN, State.TURNED_AWAY]) & ~Exists(later)
    merged = Q(state=State.MERGED, main__finished_at__lte=cutoff) & ~Exists(later)
    return Order.objects.filter(placed_at__lte=cutoff).filter(done | closed | merged)


def _contact_due(cutoff: datetime, limit: int) -> list[int]:
    due = over_since(cutoff).exclude(CONTACT).order_by("pk")
    return list(due.values_list("pk", flat=True)[:limit])


def _photos_due(cutoff: datetime, limit: int) -> list[int]:
    due = over_since(cutoff).filter(photos__isnull=False).order_by("pk").distinct()
    return list(due.values_list("pk", flat=True)[:limit])


def _end_contact(pk: int, by: Actor, at: datetime) -> object:
    return operations.forget_asker(order=Order(pk=pk), by=by, at=at)


def _end_photos(pk: int, by: Actor, at: datetime) -> object:
    return operations.forget_photos(order=Order(pk=pk), by=by, at=at)


register(
    Ending("order_contact", _contact_due, _end_contact),
    Ending("order_photos", _photos_due, _end_photos),
)
