"""Reaching the person, more time for the end, and promises in a year that was announced."""

from datetime import datetime

from django.db import transaction

from yizhan.base.actor import Actor
from yizhan.base.outbox import tell
from yizhan.base.verdict import Refused
from yizhan.clocks import operations as clocks
from yizhan.clocks.models import Clock, Extension
from yizhan.clocks.queries import waiting_extension
from yizhan.orders import messages, promises, rules, timing
from yizhan.orders.models import Order


@transaction.atomic
def contact(*, order: Order, how: str, by: Actor, at: datetime) -> Order:
    """Whoever deals with the order has reached the person: by telephone or at the door."""
    order = Order.objects.lock(order)
    rules.can_contact(order, by, timing.clock_of(order, promises.CONTACT)).or_refuse()
    order.note("contacted", by=by, at=at, means=how)
    promises.meet(order, promises.SIGN, promises.CONTACT, at=at)
    return order


@transaction.atomic
def ask_extension(*, order: Order, days: int, reason: str, by: Actor, at: datetime) -> Order:
    """Ask for more working days, with a reason; the promise stands until somebody else agrees."""
    order = Order.objects.lock(order)
    clock = timing.clock_of(order, promises.RESOLVE)
    rules.can_ask_extension(order, by, clock, at, days).or_refuse()
    clocks.ask_extension(subject=order, kind=promises.RESOLVE, days=days, by=by, at=at)
    order.note("extension_asked", by=by, at=at, remark=reason, days=days)
    tell(*messages.to_dispatchers(order, "order_extension_asked", at), at=at)
    return order


@transaction.atomic
def grant_extension(*, order: Order, words: str, by: Actor, at: datetime) -> Order:
    """Agree: the promise moves, and whoever asked for it is told why and until when.

    `words` are what the person reads.
    """
    order = Order.objects.lock(order)
    extension = waiting_extension(order)
    rules.can_grant_extension(order, by, extension).or_refuse()
    asked = _there(extension)
    clock = clocks.grant_extension(extension=asked, by=by, at=at)
    saving = promises.copied(order, {clock.kind: clock})
    order.note("extension_granted", by=by, at=at, saving=saving, remark=words, days=asked.days)
    until = order.finish_by.isoformat()
    tell(
        *messages.to_asker(order, "order_extension_granted", finish_by=until),
        *messages.to_people(order, "order_extension_decided", _who(asked)),
        at=at,
    )
    return order


@transaction.atomic
def refuse_extension(*, order: Order, reason: str, by: Actor, at: datetime) -> Order:
    """Do not agree: the promise stays, and who asked for more time reads why."""
    order = Order.objects.lock(order)
    extension = waiting_extension(order)
    rules.can_refuse_extension(order, by, extension).or_refuse()
    asked = _there(extension)
    clocks.refuse_extension(extension=asked, by=by, at=at)
    order.note("extension_refused", by=by, at=at, remark=reason)
    tell(*messages.to_people(order, "order_extension_decided", _who(asked)), at=at)
    return order


def _there(extension: Extension | None) -> Extension:
    if extension is None:
        raise Refused("wrong_state", "没有等您批的延期申请")
    return extension


def _who(extension: Extension) -> list[int]:
    return [extension.asked_by_id] if extension.asked_by_id else []


@transaction.atomic
def recompute_provisional(*, order: Order, by: Actor, at: datetime) -> Order:
    """A year was announced: what was promised in it is reckoned again, and told if it is earlier.

    Raises `Refused("wrong_state")` for an order that is over.
    """
    order = Order.objects.lock(order)
    rules.can_recompute_provisional(order, by).or_refuse()
    earlier: dict[str, Clock] = clocks.recompute_provisional(subject=order, at=at)
    saving = promises.copied(order, earlier)
    if saving:
        order.note("recomputed", by=by, at=at, saving=saving)
    if promises.RESOLVE in earlier:
        until = order.finish_by.isoformat()
        tell(*messages.to_asker(order, "order_recomputed", finish_by=until), at=at)
    return order
