"""Staff decide which orders are about the same."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from yizhan.base.actor import Actor
from yizhan.duplicates import rules
from yizhan.duplicates.models import Pair
from yizhan.orders import operations as orders
from yizhan.orders.models import Order


@transaction.atomic
def merge(*, main: Order, others: Sequence[Order], by: Actor, at: datetime) -> Order:
    """Merge several orders into a main one, all or none. Returns the main one."""
    wanted = sorted({main.pk, *(one.pk for one in others)})
    locked = {pk: Order.objects.lock(Order(pk=pk)) for pk in wanted}
    rest = [locked[pk] for pk in wanted if pk != main.pk]
    rules.can_merge(locked[main.pk], rest, by).or_refuse()
    for order in rest:
        orders.fold_in(order=order, main=locked[main.pk], by=by, at=at)
    return Order.objects.lock(main)


@transaction.atomic
def tell_apart(*, pair: Pair, by: Actor, at: datetime) -> Pair:
    """Say for good that two orders are not about the same: they are not shown together again."""
    pair = Pair.objects.lock(pair)
    rules.can_tell_apart(pair, by).or_refuse()
    pair.apart_at, pair.apart_by_id = at, by.person_id
    pair.note("told_apart", by=by, at=at, saving=("apart_at", "apart_by"))
    return pair
