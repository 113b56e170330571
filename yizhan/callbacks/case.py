"""What the page of an order says of its call-back, to those who may read ratings."""

from datetime import datetime

from yizhan.base.actor import Actor
from yizhan.callbacks import operations, queries
from yizhan.callbacks.models import READ, Callback, Rectification
from yizhan.orders.cases import Card, Case, Door, register
from yizhan.orders.models import Order
from yizhan.orders.standing import governs, is_asker, is_handler
from yizhan.orders.states import ENDED


def cards(order: Order, by: Actor, at: datetime) -> list[Card]:
    """A call to be made, a rating to be put right; never for who did the work."""
    if order.state not in ENDED or is_handler(order, by) or is_asker(order, by):
        return []
    if not governs(order, by, READ):
        return []
    callback, rectification = queries.of_order(order)
    return [
        *([_of_rectification(rectification, at)] if rectification else []),
        *([_of_callback(callback, at)] if callback and callback.reason else []),
    ]


def _of_callback(callback: Callback, at: datetime) -> Card:
    tone = "orange" if callback.is_late(at) else "teal" if callback.ended_at else "gold"
    lines = [f"{callback.get_reason_display()}。"]
    if callback.state == Callback.State.REACHED:
        lines.append(f"电话里说：{callback.get_solved_display()}。")
    title = str(callback.get_state_display())
    return Card("回访", title, tone, tuple(lines), callback.get_absolute_url())


def _of_rectification(rectification: Rectification, at: datetime) -> Card:
    tone = "orange" if rectification.is_late(at) else "gold"
    if rectification.ended_at:
        tone = "teal"
    due = f"{rectification.due_at.month}月{rectification.due_at.day}日"
    lines = () if rectification.ended_at else (f"{due}前核实整改。",)
    title = str(rectification.get_state_display())
    return Card("整改", title, tone, lines, rectification.get_absolute_url())


def doors(_order: Order, _by: Actor, _at: datetime) -> list[Door]:
    """Nobody begins a call-back: it is drawn."""
    return []


def erase(order: Order, by: Actor, at: datetime) -> int:
    """The words go with those of the order."""
    return operations.erase_callbacks(order=order, by=by, at=at)


register(Case("callbacks", cards, doors, erase=erase))
