"""The vectors of orders that have been over for some time are of no use any more."""

from datetime import datetime

from yizhan.base.actor import Actor
from yizhan.duplicates import operations
from yizhan.duplicates.models import OrderVector
from yizhan.orders.endings import over_since
from yizhan.privacy.retention import Ending, register


def _due(cutoff: datetime, limit: int) -> list[int]:
    kept = OrderVector.objects.filter(vector__isnull=False, order__in=over_since(cutoff))
    return list(kept.order_by("pk").values_list("pk", flat=True)[:limit])


def _end(pk: int, by: Actor, at: datetime) -> object:
    return operations.forget_vector(order_ids=[pk], by=by, at=at)


register(Ending("order_vectors", _due, _end))
