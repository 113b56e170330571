"""Orders about the same matter: merged into one, answered with it, parted again."""

from datetime import datetime

from django.db import transaction

from yizhan.base.actor import Actor
from yizhan.base.outbox import tell
from yizhan.orders import messages, promises, rules
from yizhan.orders.models import Order, OrderQuerySet
from yizhan.orders.states import State
from yizhan.reading.personal import public_view


@transaction.atomic
def fold_in(*, order: Order, main: Order, by: Actor, at: datetime) -> Order:
    """Merge an order into another about the same matter; its asker is answered with the other."""
    order, main = _lock_both(order, main)
    rules.can_fold_in(order, main, by).or_refuse()
    order.main, order.held_from = main, order.state
    saving = ("main", "held_from")
    order.move(State.MERGED, "folded_in", by=by, at=at, saving=saving, main=main.pk)
    main.joined += 1
    main.note("joined", by=by, at=at, saving=("joined",), order=order.pk)
    tell(*messages.to_asker(order, "order_folded_in"), at=at)
    return order


@transaction.atomic
def fold_out(*, order: Order, by: Actor, at: datetime) -> Order:
    """Take a merge back: the order goes on alone from where it stood."""
    order = Order.objects.lock_with_main(order)
    main = Order.objects.with_names().filter(folded=order).first() or order
    rules.can_fold_out(order, main, by).or_refuse()
    part(order=order, by=by, at=at)
    back, order.held_from = State(order.held_from), ""
    order.move(back, "folded_out", by=by, at=at, saving=("main", "held_from"), main=main.pk)
    tell(*messages.to_asker(order, "order_folded_out"), at=at)
    return order


@transaction.atomic
def part(*, order: Order, by: Actor, at: datetime) -> Order:
    """The order leaves its main, which counts one fewer. The caller has locked both and saves."""
    main = Order.objects.lock(Order(pk=order.main_id))
    main.joined -= 1
    main.note("parted", by=by, at=at, saving=("joined",), order=order.pk)
    order.main = None
    return order


def _lock_both(order: Order, main: Order) -> tuple[Order, Order]:
    """Both rows, locked by their keys in order, so that two merges never wait for each other."""
    locked = {pk: Order.objects.lock(Order(pk=pk)) for pk in sorted((order.pk, main.pk))}
    return locked[order.pk], locked[main.pk]


@transaction.atomic
def answer_folded(*, order: Order, words: str, by: Actor, at: datetime) -> Order:
    """The order is done: whoever asked for the same gets the same answer and may rate.

    The answer was written for one of them: what would tell the others who that is, is masked.
    """
    said = public_view(words)
    for one in _folded(order):
        one.finished_at = at
        one.note("answered_with", by=by, at=at, saving=("finished_at",), remark=said, main=order.pk)
        promises.meet(one, at=at)
        tell(*messages.to_asker(one, "order_finished"), at=at)
    return order


@transaction.atomic
def turn_folded_away(*, order: Order, words: str, by: Actor, at: datetime) -> Order:
    """The order is not dealt with here: whoever asked for the same hears where it is."""
    for one in _folded(order):
        one.move(State.TURNED_AWAY, by=by, at=at, remark=words, main=order.pk)
        promises.turn_away(one, at)
        tell(*messages.to_asker(one, "order_turned_away"), at=at)
    return order


@transaction.atomic
def release_folded(*, order: Order, by: Actor, at: datetime) -> Order:
    """The order is withdrawn: the others still want the same, and go on alone.

    Who was answered with an earlier round keeps that answer.
    """
    for one in _folded(order).filter(finished_at=None):
        fold_out(order=one, by=by, at=at)
    return order


def _folded(main: Order) -> OrderQuerySet:
    """The orders merged into this one, locked."""
    merged = Order.objects.filter(main=main, state=State.MERGED).with_names().order_by("pk")
    return merged.select_for_update(of=("self",))
