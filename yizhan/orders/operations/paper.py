"""Bringing an answer on paper to whoever has no telephone."""

from datetime import datetime

from django.db import transaction

from yizhan.base.actor import Actor
from yizhan.base.outbox import Notice
from yizhan.notices import operations as notices
from yizhan.orders.models import Order


@transaction.atomic
def hand_paper(*, notice: Notice, by: Actor, at: datetime) -> Order:
    """The answer is in the person's hands: off the list, and into the order's history.

    Refused with outside or ticked.
    """
    order = Order.objects.lock(Order(pk=notice.subject_id))
    notices.tick_off(notice=notice, by=by, at=at)
    order.note("handed", by=by, at=at, notice=notice.pk)
    return order
