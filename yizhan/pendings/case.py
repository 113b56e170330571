"""What the page of an order says of the pending list, and how it is put there."""

from datetime import datetime

from django.urls import reverse

from yizhan.base.actor import Actor
from yizhan.orders.cases import Card, Case, Door, register
from yizhan.orders.models import Order
from yizhan.orders.states import State
from yizhan.pendings import operations, queries, rules
from yizhan.pendings.models import Pending


def cards(order: Order, by: Actor, _at: datetime) -> list[Card]:
    """Why it waits and until when; only a pending order asks the database."""
    if order.state != State.PENDING:
        return []
    pending = queries.of_order(order)
    if pending is None:
        return []
    lines = (
        f"{pending.get_reason_display()}，由{pending.unit.name}负责。",
        f"下次复查 {pending.review_date.month}月{pending.review_date.day}日。",
    )
    tone = "orange" if pending.state == Pending.State.PROPOSED else "gold"
    key = order.receipt_code if by.receipt_of else order.code
    url = reverse("pendings:show", args=[key])
    return [Card("挂账", str(pending.get_state_display()), tone, lines, url)]


def doors(order: Order, by: Actor, _at: datetime) -> list[Door]:
    """挂账, for whoever may."""
    if not rules.can_pend(order, by):
        return []
    return [Door("挂账", reverse("pendings:pend", args=[order.code]), "hourglass")]


def copy(order: Order) -> dict[str, str]:
    """What was written to the asker: what is done meanwhile, and the result."""
    pending = queries.of_order(order)
    measure = pending.measure if pending else None
    return {"挂账时的安排": measure.open()} if measure else {}


def erase(order: Order, by: Actor, at: datetime) -> int:
    """The words go with those of the order."""
    return operations.erase_pending(order=order, by=by, at=at)


register(Case("pendings", cards, doors, copy, erase))
