"""Reads of the pending list."""

from dataclasses import dataclass
from datetime import date

from yizhan.base.actor import Actor
from yizhan.orders.models import Order
from yizhan.orders.queries import roles_with
from yizhan.pendings.models import Pending
from yizhan.people.models import Post

PAGE = 100


def owners(order: Order, by: Actor, day: date) -> list[Post]:
    """The posts in the actor's area that can look after an order: those that dispatch it."""
    code = order.region_code
    above = {code[:length] for length in (6, 9, 12) if len(code) >= length}
    posts = Post.objects.on(day).filter(
        unit__region__code__in=above,
        unit__region__code__startswith=by.area,
        role__in=roles_with("orders.dispatch"),
    )
    rows = posts.select_related("person", "unit__region").order_by("-unit__region__code", "pk")
    return list({post.person_id: post for post in reversed(rows)}.values())[::-1]


@dataclass(frozen=True, slots=True)
class Ledger:
    """The list of one area: what stands, what is over, and the counts that go with it."""

    standing: list[Pending]
    ended: list[Pending]
    due: int
    excluded: int
    struck_off: int


def ledger(by: Actor, day: date) -> Ledger:
    """The pending list of the actor's area, the nearest review first: two queries."""
    mine = Pending.objects.visible_to(by).with_names()
    standing = list(mine.standing().order_by("review_date", "pk")[:PAGE])
    over = mine.exclude(ended_at=None).order_by("-ended_at", "-pk")
    ended = list(over[:PAGE])
    return Ledger(
        standing=standing,
        ended=ended,
        due=sum(one.is_due(day) for one in standing),
        excluded=sum(one.excluded_at is not None for one in standing),
        struck_off=sum(one.state == Pending.State.STRUCK_OFF for one in ended),
    )


def of_order(order: Order) -> Pending | None:
    """The entry of this order: the one that stands, else the last one."""
    return Pending.objects.filter(order=order).with_names().order_by("-pk").first()


def to_review(day: date) -> list[int]:
    """The ids of the entries whose owner is to be told that the day of review has come."""
    return list(Pending.objects.to_review(day).order_by("pk").values_list("pk", flat=True))
