"""Reads of the flags: the desk of an office, what one order has, and counts without persons."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from yizhan.base.actor import Actor
from yizhan.conduct.models import Flag
from yizhan.orders.models import Order

LISTED = 100


def of_order(order: Order) -> list[Flag]:
    """What was ever said of this order, the newest first."""
    return list(Flag.objects.filter(order=order).with_names().order_by("-pk"))


def told_of(order: Order) -> Flag | None:
    """What its asker was told of last; what nobody has upheld is no matter of theirs."""
    told = Flag.objects.filter(order=order).exclude(measure="")
    return told.with_names().order_by("-pk").first()


@dataclass(frozen=True, slots=True)
class Desk:
    """What waits for a review, for a decision on an appeal, what counts now, what is over."""

    raised: list[Flag]
    appealed: list[Flag]
    in_force: list[Flag]
    over: list[Flag]


def desk(by: Actor, at: datetime) -> Desk:
    """The flags of the actor's area, what is due first on top: one query."""
    rows = list(Flag.objects.visible_to(by).with_names().order_by("-pk")[:LISTED])
    raised = sorted(
        (one for one in rows if one.state == Flag.State.RAISED), key=lambda one: one.review_by
    )
    appealed = [one for one in reversed(rows) if one.state == Flag.State.APPEALED]
    counts = (Flag.State.UPHELD, Flag.State.SUSTAINED)
    now = [one for one in rows if one.state in counts and one.ends_at and one.ends_at > at]
    shown = {one.pk for one in (*raised, *appealed, *now)}
    return Desk(raised, appealed, now, [one for one in rows if one.pk not in shown])


@dataclass(frozen=True, slots=True)
class Tally:
    """How many flags of one reason there were, and what became of them."""

    reason: str
    total: int
    upheld: int
    dismissed: int
    overturned: int


def tallies(by: Actor) -> list[Tally]:
    """Counts of the actor's area by reason, in the order of the reasons; never by person."""
    rows = Flag.objects.visible_to(by).order_by().values_list("reason", "state")
    counts = {(reason, state): n for reason, state, n in rows.annotate(n=Count("pk"))}
    return [_tally(reason, label, counts) for reason, label in Flag.Reason.choices]


def _tally(reason: str, label: str, counts: dict[tuple[str, str], int]) -> Tally:
    def of(*states: str) -> int:
        return sum(counts.get((reason, state), 0) for state in states)

    return Tally(
        reason=str(label),
        total=of(*Flag.State.values),
        upheld=of(Flag.State.UPHELD, Flag.State.APPEALED, Flag.State.SUSTAINED),
        dismissed=of(Flag.State.DISMISSED, Flag.State.LAPSED),
        overturned=of(Flag.State.OVERTURNED),
    )


def late(at: datetime) -> list[int]:
    """The ids of the flags that nobody has reviewed in time."""
    return list(Flag.objects.late(at).order_by("pk").values_list("pk", flat=True))
