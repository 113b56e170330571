"""What a case beside the order does to it. The package of the case calls these under its own rules.

Each says on the order that it happened; the case keeps the reasons and whoever answers for it.
"""

from datetime import datetime

from django.db import transaction

from yizhan.base.actor import Actor
from yizhan.base.outbox import tell
from yizhan.base.verdict import Refused
from yizhan.clocks.models import Reason
from yizhan.orders import messages, promises, rules, whom
from yizhan.orders.models import Invitation, Order
from yizhan.orders.operations.folding import answer_folded, turn_folded_away
from yizhan.orders.states import State
from yizhan.people.models import Person, Unit


@transaction.atomic
def dispute(*, order: Order, reason: str, by: Actor, at: datetime) -> Order:
    """The unit says that the order is not its own; it waits for a ruling. The clock runs on."""
    order = Order.objects.lock(order)
    rules.can_dispute(order, by).or_refuse()
    unit = order.unit.code if order.unit else ""
    Invitation.lapse(order.pk, by=by, at=at)
    order.unit, order.pool = None, False
    saving = ("unit", "pool")
    order.move(State.DISPUTED, by=by, at=at, saving=saving, remark=reason, unit=unit)
    tell(*messages.to_street(order, "order_disputed", at), at=at)
    return order


@transaction.atomic
def settle(*, order: Order, unit: Unit | None, words: str, by: Actor, at: datetime) -> Order:
    """Rule on a dispute: appoint a unit, which may not return it; or, with none, turn it away.

    `words` are the reasons; without a unit they tell the asker where the matter is dealt with.
    """
    order = Order.objects.lock(order)
    rules.can_settle(order, by).or_refuse()
    if unit is None:
        order.move(State.TURNED_AWAY, "settled", by=by, at=at, remark=words)
        promises.turn_away(order, at)
        if order.joined:
            turn_folded_away(order=order, words=words, by=by, at=at)
        tell(*messages.to_asker(order, "order_turned_away"), at=at)
        return order
    if not whom.can_reach(unit, order):
        raise Refused("unit_elsewhere", "这个单位不在本社区和街道的承办范围，请另选一个")
    order.unit, order.pool, order.appointed = unit, False, True
    saving = ("unit", "pool", "appointed")
    facts = {"unit": unit.code}
    order.move(State.DISPATCHED, "settled", by=by, at=at, saving=saving, remark=words, **facts)
    tell(*messages.to_unit(order, "order_appointed", at), at=at)
    return order


@transaction.atomic
def set_aside(*, order: Order, reason: str, by: Actor, at: datetime) -> Order:
    """Put the order on the pending list; the asker is told why and what is done meanwhile."""
    order = Order.objects.lock(order)
    rules.can_set_aside(order, by).or_refuse()
    Invitation.lapse(order.pk, by=by, at=at)
    order.held_from = order.state
    saving = ("held_from",)
    order.move(State.PENDING, "set_aside", by=by, at=at, saving=saving, remark=reason)
    promises.pause(order, Reason.PENDING, at)
    tell(*messages.to_asker(order, "order_set_aside"), at=at)
    return order


@transaction.atomic
def take_up(*, order: Order, reason: str, by: Actor, at: datetime) -> Order:
    """Off the pending list: work goes on where it stopped."""
    order = Order.objects.lock(order)
    rules.can_take_up(order, by).or_refuse()
    back, order.held_from = State(order.held_from), ""
    saving = ("held_from", *promises.go_on(order, at))
    order.move(back, "taken_up", by=by, at=at, saving=saving, remark=reason)
    tell(*messages.to_asker(order, "order_taken_up"), at=at)
    return order


@transaction.atomic
def conclude(*, order: Order, result: str, owner: Person, by: Actor, at: datetime) -> Order:
    """Strike a pending order off with its result; the asker may rate it or ask again.

    Whoever had taken it stays its handler; where nobody had, `owner` is.
    """
    order = Order.objects.lock(order)
    rules.can_conclude(order, by).or_refuse()
    order.handler = order.handler or owner
    order.held_from, order.finished_at = "", at
    saving = ("handler", "held_from", "finished_at", *promises.go_on(order, at))
    order.move(State.FINISHED, "concluded", by=by, at=at, saving=saving, remark=result)
    promises.meet(order, at=at)
    if order.joined:
        answer_folded(order=order, words=result, by=by, at=at)
    tell(*messages.to_asker(order, "order_finished"), at=at)
    return order
