"""Reads of the ladder: what has come due, in bulk, and the lists of those who act on it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from yizhan.base.actor import Actor
from yizhan.clocks.calendar import promise_text
from yizhan.clocks.models import Clock
from yizhan.clocks.rules import AMBER
from yizhan.ladder.models import Decision, Rung, Supervision
from yizhan.ladder.plan import ACCEPT, LAST, LATE, plan
from yizhan.ladder.rules import CLIMBS, Facts, due
from yizhan.orders.models import Order
from yizhan.orders.states import OPEN
from yizhan.regions.district import profile

PAGE = 50
RISING = [str(code) for code in Rung.Code]
SUBJECT = Order._meta.label_lower
Key = tuple[int, str, int]


@dataclass(frozen=True, slots=True)
class Due:
    """One rung that has come: when, which, and of which clock."""

    moment: datetime
    rung: str
    clock: Clock


def facts_of(clock: Clock, fired: Iterable[str] | None = None) -> Facts:
    """What the rules must know of one clock; asks which rungs have fired unless that is given."""
    if fired is None:
        mine = Rung.objects.filter(subject_type=clock.subject_type, subject_id=clock.subject_id)
        fired = mine.filter(kind=clock.kind, round=clock.round).values_list("rung", flat=True)
    return Facts(plan(), frozenset(fired), profile().office_hours)


def due_now(at: datetime) -> list[Due]:
    """Every rung that has come and has not fired, the earliest first: three queries in all."""
    clocks = list(_candidates(at))
    orders = Order.objects.in_bulk({clock.subject_id for clock in clocks})
    fired = _fired([one.subject_id for one in clocks])
    found = [
        Due(moment, rung, clock)
        for clock in clocks
        for moment, rung in due(
            orders[clock.subject_id], clock, facts_of(clock, fired[key(clock)]), at
        )
    ]
    return sorted(found, key=lambda one: (one.moment, one.clock.pk))


def _candidates(at: datetime) -> QuerySet[Clock]:
    """The ticking clocks of open orders that may have come to a rung and have one left."""
    last = Rung.objects.filter(
        subject_type=OuterRef("subject_type"),
        subject_id=OuterRef("subject_id"),
        kind=OuterRef("kind"),
        round=OuterRef("round"),
        rung__in=LAST,
    )
    goes_on = Order.objects.switched_on().filter(state__in=CLIMBS)
    early = min(one.share for one in plan().late.values()) < AMBER
    used = Q(kind=ACCEPT) | Q(kind__in=LATE, **({} if early else {"amber_at__lte": at}))
    ticking = Clock.objects.ticking().filter(used, subject_type=SUBJECT)
    return ticking.filter(subject_id__in=goes_on.values("pk")).exclude(Exists(last)).order_by("pk")


def key(one: Clock | Rung) -> Key:
    """What tells clocks apart, and the rungs of each."""
    return (one.subject_id, one.kind, one.round)


def _fired(orders: Sequence[int]) -> dict[Key, set[str]]:
    found: dict[Key, set[str]] = defaultdict(set)
    for rung in Rung.objects.filter(subject_type=SUBJECT, subject_id__in=orders):
        found[key(rung)].add(rung.rung)
    return found


def times_called_in(order: Order) -> int:
    """How often in this round nobody of a unit took it."""
    mine = Rung.objects.of(order).filter(kind=ACCEPT, rung=Rung.Code.CALLED_IN)
    return mine.filter(subject_round=order.round).count()


def ticking(rungs: Sequence[Rung]) -> set[Key]:
    """Which clocks of these rungs still tick: the others are no news any more."""
    clocks = Clock.objects.ticking().filter(
        subject_type=SUBJECT, subject_id__in=[one.subject_id for one in rungs]
    )
    return {key(clock) for clock in clocks}


@dataclass(frozen=True, slots=True)
class Row:
    """One late or nearly late order: which promises, the first of them, the unit, the last rung."""

    order: Order
    label: str
    promise: str
    unit: str
    rung: str
    is_red: bool


def rows(orders: QuerySet[Order], at: datetime) -> tuple[list[Row], list[Row]]:
    """These orders, red and amber ones, the oldest promise first: three queries."""
    mine = orders.filter(state__in=CLIMBS).values("pk")
    marked = Clock.objects.ticking().filter(
        kind__in=LATE, amber_at__lte=at, subject_type=SUBJECT, subject_id__in=mine
    )
    clocks: dict[int, list[Clock]] = defaultdict(list)
    for clock in marked.order_by("due_at", "pk")[: PAGE * len(LATE)]:
        clocks[clock.subject_id].append(clock)
    found = Order.objects.with_names().in_bulk(list(clocks))
    rungs: dict[int, list[Rung]] = defaultdict(list)
    for rung in Rung.objects.of(*found.values()):
        rungs[rung.subject_id].append(rung)
    shown = [_row(found[pk], mine, rungs[pk], at) for pk, mine in clocks.items()]
    return [one for one in shown if one.is_red], [one for one in shown if not one.is_red]


def _row(order: Order, clocks: Sequence[Clock], rungs: Sequence[Rung], at: datetime) -> Row:
    red = [clock for clock in clocks if clock.due_at <= at]
    unit = order.unit.name if order.unit else order.region.short_name
    fired = [one for one in rungs if one.subject_round == order.round]
    told = str(max(fired, key=height).get_rung_display()) if fired else ""
    labels = "、".join(clock.rule.label for clock in red or clocks)
    return Row(order, labels, promise_text(clocks[0].due_at, at), unit, told, bool(red))


def height(rung: Rung) -> int:
    """How far up the ladder it stands."""
    return RISING.index(rung.rung)


@dataclass(frozen=True, slots=True)
class Desk:
    """What this post has to see to: decisions and 督办单 first, then what is late or nearly so."""

    decisions: list[Decision]
    supervisions: list[Supervision]
    red: list[Row]
    amber: list[Row]


def desk(by: Actor, at: datetime) -> Desk:
    """The page of this actor, in a number of queries that does not grow with the orders."""
    decisions = Decision.objects.in_area(by).with_names().still()
    seen = Supervision.objects.visible_to(by).with_names()
    red, amber = rows(Order.objects.visible_to(by, at), at)
    return Desk(
        decisions=list(decisions.filter(state=Decision.State.WAITING).order_by("pk")[:PAGE]),
        supervisions=[*_waiting(seen), *_answered(seen)],
        red=red,
        amber=amber,
    )


def _waiting(seen: QuerySet[Supervision]) -> list[Supervision]:
    proposed = Q(state=Supervision.State.PROPOSED, order__state__in=OPEN, order__round=F("round"))
    waiting = seen.filter(proposed | Q(state=Supervision.State.ISSUED))
    return list(waiting.order_by(F("due_at").asc(nulls_first=True), "pk")[:PAGE])


def _answered(seen: QuerySet[Supervision]) -> list[Supervision]:
    return list(seen.filter(state=Supervision.State.ANSWERED).order_by("-answered_at")[:PAGE])


def rungs_of(order: Order) -> list[Rung]:
    """The rungs of the order's round, in the order in which they came."""
    return list(Rung.objects.of(order).filter(subject_round=order.round))


def supervision_of(order: Order) -> Supervision | None:
    """The last 督办单 of this order that was not dismissed."""
    mine = Supervision.objects.filter(order=order).exclude(state=Supervision.State.DISMISSED)
    return mine.with_names().order_by("-pk").first()
