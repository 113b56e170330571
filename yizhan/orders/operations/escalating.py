"""Up to the street, down again, and back from a unit in which nobody has taken the order."""

from datetime import datetime

from django.db import transaction

from yizhan.base.actor import Actor, Kind
from yizhan.base.outbox import tell
from yizhan.orders import messages, promises, rules
from yizhan.orders.models import Invitation, Order
from yizhan.orders.states import State


@transaction.atomic
def escalate(*, order: Order, reason: str, by: Actor, at: datetime) -> Order:
    """Pass the order up to the street, which decides where it goes from there."""
    order = Order.objects.lock(order)
    rules.can_escalate(order, by).or_refuse()
    order.at_street = True
    order.move(State.ESCALATED, by=by, at=at, saving=("at_street",), remark=reason)
    promises.meet(order, promises.SIGN, at=at)
    tell(
        *messages.to_asker(order, "order_escalated"),
        *messages.to_street(order, "order_for_street", at),
        at=at,
    )
    return order


@transaction.atomic
def send_down(*, order: Order, reason: str, by: Actor, at: datetime) -> Order:
    """The street gives the order back to the community, saying how it can be dealt with there."""
    order = Order.objects.lock(order)
    rules.can_send_down(order, by).or_refuse()
    order.at_street = False
    order.move(State.RECEIVED, "sent_down", by=by, at=at, saving=("at_street",), remark=reason)
    tell(*messages.to_clerks(order, "order_sent_down", at), at=at)
    return order


@transaction.atomic
def call_in(*, order: Order, by: Actor, at: datetime) -> Order:
    """Nobody in the unit took it: it comes back to whoever dispatches, who chooses anew."""
    order = Order.objects.lock(order)
    rules.can_call_in(order, by).or_refuse()
    told = [] if by.kind == Kind.CLOCK else messages.to_unit(order, "order_taken_back", at)
    unit = order.unit.code if order.unit else ""
    Invitation.lapse(order.pk, by=by, at=at)
    order.unit, order.pool, order.appointed = None, False, False
    saving = ("unit", "pool", "appointed")
    order.move(order.waits_at, "called_in", by=by, at=at, saving=saving, unit=unit)
    tell(*told, *messages.to_dispatchers(order, "order_called_in", at), at=at)
    return order
