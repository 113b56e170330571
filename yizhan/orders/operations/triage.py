"""The community reads an order, asks, points elsewhere, or gives it to a unit."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from yizhan.base.actor import Actor
from yizhan.base.outbox import tell
from yizhan.base.verdict import Refused
from yizhan.clocks.models import Reason
from yizhan.orders import messages, promises, rules, whom
from yizhan.orders.advice import step_facts
from yizhan.orders.models import Order
from yizhan.orders.operations.folding import turn_folded_away
from yizhan.orders.states import State
from yizhan.people.models import Unit
from yizhan.reading.rules import NOTHING_KEPT, can_show, kept_facts
from yizhan.routing.models import Category


@transaction.atomic
def admit(*, order: Order, by: Actor, at: datetime) -> Order:
    """The community has read the order and will deal with it."""
    order = Order.objects.lock(order)
    rules.can_admit(order, by).or_refuse()
    order.move(State.RECEIVED, "admitted", by=by, at=at)
    promises.meet(order, promises.SIGN, at=at)
    tell(*messages.to_asker(order, "order_admitted"), at=at)
    return order


@transaction.atomic
def ask(*, order: Order, question: str, by: Actor, at: datetime) -> Order:
    """Ask the resident for what is missing; the order waits until there is an answer."""
    order = Order.objects.lock(order)
    rules.can_ask(order, by).or_refuse()
    order.asked_from = State.ACCEPTED if order.state == State.ACCEPTED else order.waits_at
    order.move(State.ASKING, "asked", by=by, at=at, saving=("asked_from",), remark=question)
    promises.meet(order, promises.SIGN, at=at)
    promises.pause(order, Reason.RESIDENT, at)
    tell(*messages.to_asker(order, "order_asked"), at=at)
    return order


@transaction.atomic
def answer(*, order: Order, words: str, by: Actor, at: datetime) -> Order:
    """The resident, or staff for them, adds what was missing; work goes on where it stopped.

    What was promised moves by the working time of the wait, and they were reached at the latest.
    """
    order = Order.objects.lock(order)
    rules.can_answer(order, by).or_refuse()
    back = State(order.asked_from)
    order.asked_from = ""
    saving = ("asked_from", *promises.go_on(order, at))
    order.move(back, "answered", by=by, at=at, saving=saving, remark=words)
    promises.meet(order, promises.CONTACT, at=at)
    if order.handler_id and back == State.ACCEPTED:
        told = messages.to_people(order, "order_answered", [order.handler_id])
    else:
        told = messages.to_clerks(order, "order_answered", at)
    tell(*told, *messages.on_behalf(order, by), at=at)
    return order


@transaction.atomic
def amend(
    *,
    order: Order,
    category: Category,
    brief: str,
    version: int,
    level: str = "",
    kept: Mapping[str, str] = NOTHING_KEPT,
    by: Actor,
    at: datetime,
) -> Order:
    """Correct the category, the words that an invited person reads, and how pressing it is.

    A new `level` counts for what is promised from now on; promises given stay as they are.
    `version` is the one the editor saw; `kept` gives the reason for each piece of personal data
    that stays in the brief. Raises `Refused("stale")` with both values when another change came
    first, `Refused("personal_data")` when something is neither masked nor kept.
    """
    order = Order.objects.lock(order)
    rules.can_amend(order, by).or_refuse()
    rules.can_place(category).or_refuse()
    if version != order.version:
        raise Refused(
            "stale",
            f"别人刚改过这张单子：现在是「{order.category}，{order.brief}」，"
            f"您要改成「{category}，{brief}」。请看过后再提交一次",
        )
    can_show([brief], kept).or_refuse()
    before, words = order.category.code, order.brief
    facts = {"before": before, "after": category.code, **kept_facts([brief], kept)}
    if level and level != order.level:
        facts |= {"level_before": str(order.level), "level": level}
        order.level = level
    order.category, order.brief = category, brief
    saving = ("category", "brief", "level")
    order.note("amended", by=by, at=at, saving=saving, remark=words, **facts)
    return order


@transaction.atomic
def turn_away(*, order: Order, words: str, by: Actor, at: datetime) -> Order:
    """Tell the resident where this matter is dealt with, because it is not here."""
    order = Order.objects.lock(order)
    rules.can_turn_away(order, by).or_refuse()
    order.move(State.TURNED_AWAY, by=by, at=at, remark=words)
    promises.turn_away(order, at)
    if order.joined:
        turn_folded_away(order=order, words=words, by=by, at=at)
    tell(*messages.to_asker(order, "order_turned_away"), at=at)
    return order


@transaction.atomic
def dispatch(*, order: Order, unit: Unit, pool: bool, by: Actor, at: datetime) -> Order:
    """Give the order to a unit, which is then responsible. `pool` lets its people claim it.

    Raises `Refused("unit_elsewhere")` for a unit that does not work in the order's community.
    """
    order = Order.objects.lock(order)
    rules.can_dispatch(order, by).or_refuse()
    if not whom.can_reach(unit, order):
        raise Refused("unit_elsewhere", "这个单位不在本社区和街道的承办范围，请另选一个")
    order.unit, order.pool = unit, pool
    facts = {"unit": unit.code, "pool": pool, **step_facts(order, unit, at)}
    order.move(State.DISPATCHED, by=by, at=at, saving=("unit", "pool"), **facts)
    promises.meet(order, promises.SIGN, promises.ARRANGE, at=at)
    promises.offer(order, at)
    tell(
        *messages.to_asker(order, "order_dispatched"),
        *messages.to_unit(order, "order_for_unit", at),
        at=at,
    )
    return order
