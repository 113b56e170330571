"""Reads that feed a screen of whistles."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch

from yizhan.base.actor import Actor
from yizhan.base.steps import Step
from yizhan.orders.models import Order
from yizhan.people.models import Unit
from yizhan.whistles.models import Assessment, Call, Whistle

PAGE = 50
CALL = Call._meta.label_lower


@dataclass(frozen=True, slots=True)
class Lists:
    """Calls that wait for this actor's unit, whistles still open with the late ones first, and the
    newest that were closed.
    """

    waiting: list[Call]
    open: list[Whistle]
    closed: list[Whistle]
    late: int


def lists(by: Actor, at: datetime) -> Lists:
    """What this actor may read, in a constant number of queries."""
    seen = Whistle.objects.visible_to(by).with_names()
    calls = Call.objects.select_related("unit").order_by("-part", "pk")
    seen = seen.prefetch_related(Prefetch("calls", calls))
    rows = list(seen.filter(state=Whistle.State.OPEN).order_by("due_at", "pk")[:PAGE])
    waiting = Call.objects.of(by).waiting().with_names().order_by("answer_by", "pk")
    return Lists(
        waiting=list(waiting[:PAGE]),
        open=rows,
        closed=list(seen.filter(state=Whistle.State.CLOSED).order_by("-closed_at")[:PAGE]),
        late=sum(one.is_late(at) for one in rows),
    )


def calls_of(whistle: Whistle) -> list[Call]:
    """The calls of a whistle, the lead first; each knows the whistle as it was loaded."""
    found = list(whistle.calls.select_related("unit").order_by("-part", "pk"))
    for call in found:
        call.whistle = whistle
    return found


def words_of(found: list[Call]) -> dict[int, list[Step]]:
    """The steps of these calls with their words, oldest first; assessments are no part of it."""
    steps = Step.objects.filter(subject_type=CALL, subject_id__in=[one.pk for one in found])
    kept: dict[int, list[Step]] = {}
    shown = steps.exclude(kind__startswith="assessed").select_related("remark")
    for step in shown.order_by("subject_id", "seq"):
        kept.setdefault(step.subject_id, []).append(step)
    return kept


def assessments_of(found: list[Call]) -> dict[int, list[Assessment]]:
    """The assessments of these calls, by call."""
    kept: dict[int, list[Assessment]] = {}
    for one in Assessment.objects.filter(call__in=found).order_by("pk"):
        kept.setdefault(one.call_id, []).append(one)
    return kept


def of_order(order: Order, by: Actor) -> Whistle | None:
    """The newest whistle about an order that this actor may read."""
    seen = Whistle.objects.visible_to(by).with_names().filter(order=order)
    return seen.order_by("-pk").first()


def is_open(order: Order) -> bool:
    """Whether a whistle about this order is open."""
    return Whistle.objects.filter(order=order, state=Whistle.State.OPEN).exists()


def caller_of(by: Actor) -> Unit:
    """The office in whose name the actor calls."""
    return Unit.objects.select_related("region").get(pk=by.unit_id or 0)
