"""What waits for whom in the area of a post: true counts and short lists for the page of a day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Count, Q
from django.utils.timezone import localtime

from yizhan.base.actor import Actor
from yizhan.orders import queries
from yizhan.orders.models import Order, OrderQuerySet
from yizhan.orders.queries import Ticket
from yizhan.orders.states import OPEN, TRIAGE, State

SHORT = 5
WORKED_ON = (State.DISPATCHED, State.ACCEPTED, State.DISPUTED)
WAITS = (
    (State.PLACED, "等社区受理"),
    (State.RECEIVED, "等派给承办单位"),
    (State.ESCALATED, "等街道安排"),
    (State.DISPUTED, "等裁定"),
    (State.ASKING, "等点单人补充"),
    (State.DISPATCHED, "等承办单位接单"),
    (State.FINISHED, "等点单人评单"),
    (State.PENDING, "挂账"),
)


@dataclass(frozen=True, slots=True)
class Pile:
    """Orders that wait for the same: the first of them, how many in all, and the list of all."""

    key: str
    name: str
    query: str
    tickets: list[Ticket]
    count: int


@dataclass(frozen=True, slots=True)
class Day:
    """The day of a post. `is_first` when no order has ever come where this post can see it."""

    late: Pile
    due: Pile
    piles: list[Pile]
    mine: list[Ticket]
    on_offer: list[Order]
    is_first: bool

    @property
    def is_calm(self) -> bool:
        """Whether nothing waits for anybody."""
        waiting = self.late.count or self.due.count or self.piles or self.mine
        return not waiting and not self.is_first


def late(at: datetime) -> Q:
    """Open orders whose promise has passed. Waiting for the asker is never late."""
    return Q(state__in=TRIAGE, arrange_by__lt=at) | Q(state__in=WORKED_ON, finish_by__lt=at)


def due(at: datetime) -> Q:
    """Open orders whose promise ends today and has not passed."""
    left = (at, end_of_day(at))
    arranging = Q(state__in=TRIAGE, arrange_by__gte=left[0], arrange_by__lt=left[1])
    return arranging | Q(state__in=WORKED_ON, finish_by__gte=left[0], finish_by__lt=left[1])


def end_of_day(at: datetime) -> datetime:
    """Midnight after this moment, on the clock of the district."""
    local = localtime(at)
    return datetime.combine(local.date() + timedelta(days=1), time(), tzinfo=local.tzinfo)


def day(by: Actor, at: datetime) -> Day:
    """The day of this actor, in a number of queries that does not grow with the orders."""
    seen = Order.objects.visible_to(by, at)
    counts = _counts(seen, at)
    first = not any(counts.values()) and not seen.exists()
    shown = seen.select_related("category", "region", "station")
    offered = shown.filter(state=State.DISPATCHED, pool=True).order_by("finish_by", "pk")
    found = Day(
        late=_pile("late", "超期", "due=late", shown.filter(late(at)), counts, at),
        due=_pile("due", "今天到期", "due=today", shown.filter(due(at)), counts, at),
        piles=list(_piles(shown, counts, at)),
        mine=[queries.ticket(order, at) for order in queries.taken(by)],
        on_offer=list(offered[:SHORT]) if counts[State.DISPATCHED] else [],
        is_first=first,
    )
    return _with_amber(found, at)


def _with_amber(found: Day, at: datetime) -> Day:
    """The same, with the tickets marked that have used most of their time."""
    lists = [found.due.tickets, found.mine, *(pile.tickets for pile in found.piles)]
    soon = queries.nearly_due([ticket.order for tickets in lists for ticket in tickets], at)
    for tickets in lists:
        tickets[:] = [queries.ticket(ticket.order, at, soon) for ticket in tickets]
    return found


def _counts(seen: OrderQuerySet, at: datetime) -> dict[str, int]:
    """Everything the page counts, in one query over what is not over yet."""
    wanted = {"late": late(at), "due": due(at)} | {str(s): Q(state=s) for s, _ in WAITS}
    counted = {name: Count("pk", filter=condition) for name, condition in wanted.items()}
    return seen.filter(state__in=[*OPEN, State.FINISHED]).aggregate(**counted)


def _piles(shown: OrderQuerySet, counts: dict[str, int], at: datetime) -> Iterator[Pile]:
    for state, name in WAITS:
        if counts[state]:
            waiting = shown.filter(state=state)
            yield _pile(str(state), name, f"state={state}", waiting, counts, at)


def _pile(
    key: str, name: str, query: str, orders: OrderQuerySet, counts: dict[str, int], at: datetime
) -> Pile:
    """The pile of these orders, what was promised first at the top; empty ones ask nothing."""
    rows = orders.order_by("arrange_by", "pk")[:SHORT] if counts[key] else []
    return Pile(key, name, query, [queries.ticket(order, at) for order in rows], counts[key])
