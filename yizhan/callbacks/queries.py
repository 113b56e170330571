"""Reads of call-backs and rectifications."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q

from yizhan.base.actor import Actor
from yizhan.callbacks.models import Callback, Rectification
from yizhan.callbacks.rules import UNRATED_DAYS, Heard
from yizhan.orders.models import Order
from yizhan.orders.states import State
from yizhan.ratings.queries import ratings_of

PAGE = 50
REMEMBERED_DAYS = 60


def heard(order: Order) -> Heard:
    """The rating of the order's present round."""
    found = ratings_of(order).filter(round=order.round).values_list("level", "solved").first()
    return Heard(*found) if found else Heard()


def to_draw(at: datetime, limit: int) -> list[int]:
    """The ids of orders that are done, rated or a week old, and not yet drawn in this round.

    What was done before the last two months is left in peace: nobody remembers it on the telephone.
    """
    drawn = Callback.objects.filter(order=OuterRef("pk"), round=OuterRef("round"))
    rested = Q(state=State.FINISHED, finished_at__lte=at - timedelta(days=UNRATED_DAYS))
    lately = Q(finished_at__gte=at - timedelta(days=REMEMBERED_DAYS))
    done = Order.objects.filter(lately, Q(state=State.RATED) | rested).exclude(Exists(drawn))
    return list(done.order_by("pk").values_list("pk", flat=True)[:limit])


@dataclass(frozen=True, slots=True)
class Desk:
    """What waits for a call or for being put right, the earliest promise first, and what is over.

    `reached` and `unreached` count all that ended so in the area: shown apart from the ratings.
    """

    to_call: list[Callback]
    to_rectify: list[Rectification]
    called: list[Callback]
    reached: int
    unreached: int
    late: int


def desk(by: Actor, at: datetime) -> Desk:
    """The desk of one post, in four queries."""
    mine = Callback.objects.visible_to(by).with_names()
    open_ones = Rectification.objects.visible_to(by).with_names().waiting()
    to_call = list(mine.waiting().order_by("due_at", "pk")[:PAGE])
    to_rectify = list(open_ones.order_by("due_at", "pk")[:PAGE])
    ended = dict(
        mine.exclude(ended_at=None).order_by().values_list("state").annotate(n=Count("pk"))
    )
    return Desk(
        to_call=to_call,
        to_rectify=to_rectify,
        called=list(mine.exclude(ended_at=None).order_by("-ended_at", "-pk")[:PAGE]),
        reached=ended.get(Callback.State.REACHED, 0),
        unreached=ended.get(Callback.State.UNREACHED, 0),
        late=sum(a.is_late(at) for a in to_call) + sum(b.is_late(at) for b in to_rectify),
    )


def of_order(order: Order) -> tuple[Callback | None, Rectification | None]:
    """The call-back and the rectification of the order's present round."""
    here = {"order": order, "round": order.round}
    return Callback.objects.filter(**here).first(), Rectification.objects.filter(**here).first()
