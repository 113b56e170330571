"""One rung after another, each once: the clock does these, never a person.

The order is locked first. Whatever changes one of its clocks holds the same lock, so a clock that
was met, moved or stopped in between fires nothing; of two workers the second finds the rung taken.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from yizhan.base.actor import Actor
from yizhan.base.outbox import Message, tell
from yizhan.base.verdict import Verdict
from yizhan.clocks.models import Clock
from yizhan.ladder import messages, queries, rules
from yizhan.ladder.models import STREET, Decision, Rung, Supervision
from yizhan.ladder.whom import Posts, unit_of
from yizhan.orders import operations as orders
from yizhan.orders.models import Order

Rule = Callable[[Order, Clock, rules.Facts, Actor, datetime], Verdict]
AT_ONCE = 500


def _climb(
    clock: Clock, code: Rung.Code, rule: Rule, by: Actor, at: datetime
) -> tuple[Order, Rung]:
    """Lock the order, ask again whether the rung has come, and keep that it fired."""
    order = Order.objects.lock(Order(pk=clock.subject_id))
    clock = Clock.objects.get(pk=clock.pk)
    facts = queries.facts_of(clock)
    rule(order, clock, facts, by, at).or_refuse()
    rung = Rung.objects.create(
        subject_type=clock.subject_type,
        subject_id=clock.subject_id,
        kind=clock.kind,
        round=clock.round,
        rung=code,
        subject_round=order.round,
        due_at=rules.moment(rules.rungs(order, clock, facts)[code], clock, facts.hours),
        fired_at=at,
        told_at=at if code == Rung.Code.CALLED_IN else None,
    )
    return order, rung


@transaction.atomic
def open_pool(*, clock: Clock, by: Actor, at: datetime) -> Rung:
    """Half of the window is over and nobody invited took it: everybody in the unit may."""
    order, rung = _climb(clock, Rung.Code.OPENED, rules.can_open_pool, by, at)
    orders.open_pool(order=order, by=by, at=at)
    return rung


@transaction.atomic
def call_in(*, clock: Clock, by: Actor, at: datetime) -> Rung:
    """The window is over: back to whoever dispatches. After the second time the asker is told how
    it stands and what else there is, and the street learns of it.
    """
    order, rung = _climb(clock, Rung.Code.CALLED_IN, rules.can_call_in, by, at)
    order = orders.call_in(order=order, by=by, at=at)
    if rules.has_failed(queries.times_called_in(order)):
        tell(*messages.nobody(order, at), at=at)
    return rung


@transaction.atomic
def remind(*, clock: Clock, by: Actor, at: datetime) -> Rung:
    """提醒: most of the time is used."""
    return _climb(clock, Rung.Code.REMINDED, rules.can_remind, by, at)[1]


@transaction.atomic
def urge(*, clock: Clock, by: Actor, at: datetime) -> Rung:
    """催办: the time is over."""
    return _climb(clock, Rung.Code.URGED, rules.can_urge, by, at)[1]


@transaction.atomic
def propose(*, clock: Clock, by: Actor, at: datetime) -> Rung:
    """Late by a day: a 督办单 waits for somebody at the street, one for an order at a time."""
    order, rung = _climb(clock, Rung.Code.SUPERVISED, rules.can_propose, by, at)
    unit, open_one = unit_of(order), (Supervision.State.PROPOSED, Supervision.State.ISSUED)
    if unit is None or _is_there(order, open_one):
        return rung
    supervision = Supervision.objects.create(
        order=order,
        round=order.round,
        kind=rung.kind,
        promised_at=clock.due_at,
        region_code=order.region_code,
        street=order.region_code[:STREET],
        unit=unit,
        proposed_at=at,
    )
    supervision.begin("proposed", by=by, at=at, order=order.pk, unit=unit.code, clock=rung.kind)
    return rung


def _is_there(order: Order, states: Sequence[str]) -> bool:
    mine = Supervision.objects.filter(order=order, round=order.round)
    return mine.filter(state__in=states).exists()


@transaction.atomic
def refer(*, clock: Clock, by: Actor, at: datetime) -> Rung:
    """Late by days: people at the street or the district decide, one decision at a time."""
    order, rung = _climb(clock, Rung.Code.DECIDED, rules.can_refer, by, at)
    waiting = Decision.State.WAITING
    if Decision.objects.filter(order=order, round=order.round, state=waiting).exists():
        return rung
    decision = Decision.objects.create(
        order=order,
        round=order.round,
        kind=rung.kind,
        promised_at=clock.due_at,
        region_code=order.region_code,
        unit=order.unit,
        asked_at=at,
    )
    decision.begin("asked", by=by, at=at, order=order.pk, clock=rung.kind)
    return rung


@transaction.atomic
def announce(*, by: Actor, at: datetime) -> int:
    """Tell of the rungs that fired: to each person one message, of the highest, with how many.

    What is no news any more is told to nobody. Returns how many messages went out.
    """
    rules.can_announce(by, at).or_refuse()
    untold = Rung.objects.filter(told_at=None).select_for_update(skip_locked=True)
    rungs = list(untold.order_by("pk")[:AT_ONCE])
    told = tell(*_summed_up(rungs, at), at=at)
    Rung.objects.filter(pk__in=[one.pk for one in rungs]).update(told_at=at)
    return len(told)


def _summed_up(rungs: Sequence[Rung], at: datetime) -> list[Message]:
    if not rungs:
        return []
    ticking, posts = queries.ticking(rungs), Posts(localdate(at))
    found = Order.objects.with_names().in_bulk({one.subject_id for one in rungs})
    news: dict[int, list[tuple[Order, str]]] = {}
    for rung in rungs:
        if queries.key(rung) not in ticking:
            continue
        order = found[rung.subject_id]
        for person in dict.fromkeys(posts.told(order, rung.rung)):
            news.setdefault(person, []).append((order, rung.rung))
    return [messages.summed_up(person, items) for person, items in news.items()]
