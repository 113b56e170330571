"""Taking back what was just done by mistake, as long as nobody has built on it."""

from datetime import datetime

from django.db import transaction

from yizhan.base.actor import Actor
from yizhan.base.outbox import Message, tell
from yizhan.base.steps import Step
from yizhan.clocks import operations as clocks
from yizhan.orders import messages, promises, queries, rules
from yizhan.orders.models import Order
from yizhan.orders.states import State
from yizhan.routing.models import Category


@transaction.atomic
def undo(*, order: Order, by: Actor, at: datetime) -> Order:
    """Take back one's own last step within ten minutes; whoever was told of it is told again."""
    order = Order.objects.lock(order)
    step = queries.last_step(order)
    last = queries.last_of(order, step)
    rules.can_undo(order, last, by, at).or_refuse()
    told = _told(order, step.kind, at)
    if step.kind == "amended":
        _former_category(order, step)
        saving: tuple[str, ...] = ("category", "brief", "level")
        order.note("undone", by=by, at=at, saving=saving, undone=step.kind)
    else:
        order.unit, order.pool = None, False
        order.at_street = order.at_street and step.kind != "escalated"
        back, saving = State(last.before), ("unit", "pool", "at_street")
        order.move(back, "undone", by=by, at=at, saving=saving, undone=step.kind)
        clocks.put_back(subject=order, at=step.at)
        if step.kind == "dispatched":
            promises.take_back(order, at)
    tell(*told, at=at)
    return order


def _told(order: Order, kind: str, at: datetime) -> list[Message]:
    """Those who were told of the step, while the order still says who that was."""
    if kind == "turned_away":
        return messages.to_asker(order, "order_kept")
    if kind in ("admitted", "escalated"):
        return messages.to_asker(order, "order_undone")
    if kind == "dispatched":
        unit = messages.to_unit(order, "order_taken_back", at)
        return [*messages.to_asker(order, "order_undone"), *unit]
    return []


def _former_category(order: Order, step: Step) -> None:
    """The category and the brief as they were; the category's own brief if the words are erased."""
    order.category = Category.objects.get(code=step.facts["before"])
    order.level = step.facts.get("level_before", order.level)
    kept = step.remark.text if step.remark else None
    order.brief = kept.open() if kept else order.category.brief
