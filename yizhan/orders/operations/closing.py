"""The end of an order: done, rated, opened again, or withdrawn."""

from datetime import datetime

from django.db import transaction

from yizhan.base.actor import Actor
from yizhan.base.outbox import tell
from yizhan.clocks import operations as clocks
from yizhan.orders import messages, promises, queries, rules
from yizhan.orders.models import Invitation, Order
from yizhan.orders.operations.folding import answer_folded, part, release_folded
from yizhan.orders.states import State
from yizhan.ratings import operations as ratings
from yizhan.ratings.models import Level, Solved

RENEWED = (
    "round",
    "handler",
    "unit",
    "pool",
    "door_word",
    "finished_at",
    "arrange_by",
    "finish_by",
    "at_street",
    "returned_by",
    "appointed",
    "held_from",
    "main",
)


@transaction.atomic
def finish(*, order: Order, result: str, by: Actor, at: datetime) -> Order:
    """Report what was done. The resident is told and may rate; a hand-over under way ends."""
    order = Order.objects.lock(order)
    rules.can_finish(order, by).or_refuse()
    Invitation.lapse(order.pk, by=by, at=at)
    order.finished_at = at
    order.move(State.FINISHED, by=by, at=at, saving=("finished_at",), remark=result)
    promises.meet(order, at=at)
    if order.joined:
        answer_folded(order=order, words=result, by=by, at=at)
    tell(*messages.to_asker(order, "order_finished"), at=at)
    return order


@transaction.atomic
def rate(
    *, order: Order, level: Level, solved: Solved, words: str, by: Actor, at: datetime
) -> Order:
    """The resident closes the loop. The handler learns only that it was rated."""
    order = Order.objects.lock(order)
    rules.can_rate(order, by, queries.facts_of(order, by)).or_refuse()
    ratings.record(
        subject=order, number=order.round, level=level, solved=solved, words=words, by=by, at=at
    )
    order.move(State.RATED, by=by, at=at, round=order.round)
    tell(
        *messages.to_people(order, "order_rated", [order.handler_id] if order.handler_id else []),
        *messages.on_behalf(order, by),
        at=at,
    )
    return order


@transaction.atomic
def reopen(*, order: Order, reason: str, by: Actor, at: datetime) -> Order:
    """The resident says it is not done. A new round begins with new promises."""
    order = Order.objects.lock_with_main(order)
    rules.can_reopen(order, by).or_refuse()
    if order.main_id:
        part(order=order, by=by, at=at)
    order.round += 1
    order.handler, order.unit, order.pool, order.door_word = None, None, False, ""
    order.finished_at = None
    promises.promise(order, at)
    order.at_street, order.returned_by, order.appointed = False, [], False
    order.held_from = ""
    order.move(State.RECEIVED, "reopened", by=by, at=at, saving=RENEWED, remark=reason)
    promises.start(order, at)
    told = messages.to_clerks(order, "order_reopened", at)
    tell(*told, *messages.on_behalf(order, by), at=at)
    return order


@transaction.atomic
def withdraw(*, order: Order, reason: str, by: Actor, at: datetime) -> Order:
    """The resident does not need it any more. Whoever was on it is told."""
    order = Order.objects.lock_with_main(order)
    rules.can_withdraw(order, by).or_refuse()
    Invitation.lapse(order.pk, by=by, at=at)
    if order.main_id:
        part(order=order, by=by, at=at)
    order.move(State.WITHDRAWN, by=by, at=at, saving=("main",), remark=reason)
    clocks.stop(subject=order, at=at)
    if order.joined:
        release_folded(order=order, by=by, at=at)
    told = messages.to_workers(order, "order_withdrawn", at)
    tell(*told, *messages.on_behalf(order, by), at=at)
    return order
