"""What the page of an order says of a whistle about it, and who may blow one from there."""

from datetime import datetime

from django.urls import reverse

from yizhan.base.actor import Actor
from yizhan.clocks.calendar import promise_text
from yizhan.orders.cases import Card, Case, Door, register
from yizhan.orders.models import Order
from yizhan.orders.standing import is_asker
from yizhan.whistles import operations, queries, rules
from yizhan.whistles.models import BLOW, Call, Whistle

THERE = (Call.State.ARRIVED, Call.State.DONE)


def cards(order: Order, by: Actor, at: datetime) -> list[Card]:
    """For offices: how many units were called, answered and came. The database is asked only
    about orders at a street, or for those who can call units.
    """
    if is_asker(order, by) or not (order.at_street or by.may(BLOW)):
        return []
    whistle = queries.of_order(order, by)
    if whistle is None:
        return []
    found = [one for one in queries.calls_of(whistle) if one.state != Call.State.CANCELLED]
    answered = sum(one.answered_at is not None for one in found)
    arrived = sum(one.state in THERE for one in found)
    lines = [f"叫了 {len(found)} 家，{answered} 家已回应，{arrived} 家已到场"]
    if whistle.state == Whistle.State.OPEN:
        lines.append(f"办好时限 {promise_text(whistle.due_at, at)}")
    tone = "teal" if whistle.state == Whistle.State.CLOSED else "orange"
    title, tag = f"吹哨：{whistle.get_kind_display()}", str(whistle.get_state_display())
    return [Card(title, tag, tone, tuple(lines), whistle.get_absolute_url())]


def doors(order: Order, by: Actor, _at: datetime) -> list[Door]:
    """吹哨, for the street; while one is open its card leads there."""
    if not rules.can_blow(order, by) or queries.is_open(order):
        return []
    return [Door("吹哨", reverse("whistles:blow", args=[order.code]), "megaphone")]


def erase(order: Order, by: Actor, at: datetime) -> int:
    """What was written goes with the words of the order."""
    return operations.erase_whistles(order=order, by=by, at=at)


register(Case("whistles", cards, doors, erase=erase))
