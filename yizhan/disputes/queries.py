"""Reads that feed a screen of disputes, or say who is told."""

from dataclasses import dataclass
from datetime import date, datetime

from yizhan.base.actor import Actor
from yizhan.base.steps import Step
from yizhan.disputes import rules
from yizhan.disputes.models import OBJECT, RULE, Dispute
from yizhan.orders import queries as orders
from yizhan.orders import screens
from yizhan.orders.models import Order
from yizhan.people.models import Post

PAGE = 50


@dataclass(frozen=True, slots=True)
class Row:
    """One dispute of the list, and how it stands in words, tone and icon."""

    dispute: Dispute
    words: str
    tone: str
    icon: str


@dataclass(frozen=True, slots=True)
class Rulings:
    """What waits for a ruling, the earliest promise first, and the newest rulings."""

    waiting: list[Row]
    ruled: list[Dispute]
    late: int
    more: int


def rulings(by: Actor, at: datetime) -> Rulings:
    """The disputes this actor may read, in three queries."""
    seen = Dispute.objects.visible_to(by).with_names()
    rows = list(seen.waiting().order_by("rule_by", "pk")[: PAGE + 1])
    ruled = seen.filter(state=Dispute.State.RULED).order_by("-ruled_at", "-pk")
    return Rulings(
        waiting=[row(one, at) for one in rows[:PAGE]],
        ruled=list(ruled[:PAGE]),
        late=seen.waiting().filter(rule_by__lt=at).count(),
        more=len(rows[PAGE:]),
    )


def row(dispute: Dispute, at: datetime) -> Row:
    """A dispute with the light of its clock."""
    return Row(dispute, *rules.LIGHTS.get(rules.light(dispute, at), ("", "plain", "")))


def of_order(order: Order, by: Actor) -> Dispute | None:
    """The newest dispute about an order in its present round, if this actor may read it."""
    found = Dispute.objects.visible_to(by).filter(order=order, round=order.round)
    return found.with_names().order_by("-pk").first()


def raised_by(code: str, by: Actor) -> Dispute | None:
    """The dispute that waits about the order with this code, where the actor's unit raised it."""
    found = Dispute.objects.visible_to(by).waiting().filter(order__code=code)
    return found.first() if by.may(OBJECT) else None


def sitting(region_code: str, day: date) -> list[int]:
    """The persons at this very region whose posts rule on disputes."""
    posts = Post.objects.on(day).filter(
        unit__region__code=region_code, role__in=orders.roles_with(RULE)
    )
    return list(posts.values_list("person", flat=True).distinct())


def words_of(steps: list[Step], kind: str, moment: datetime | None) -> str:
    """What was said with the step of this kind at this moment, as long as it is kept."""
    return next((screens.words(one) for one in steps if (one.kind, one.at) == (kind, moment)), "")
