"""How the metrics of orders are counted: one query each, however many periods are asked for."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import (
    Count,
    DateTimeField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Extract

from yizhan.base.metrics import Extent, Period, Value
from yizhan.base.steps import Step
from yizhan.clocks.models import Clock
from yizhan.orders.models import Invitation, Order, OrderQuerySet
from yizhan.orders.promises import CONTACT
from yizhan.orders.states import State
from yizhan.orders.sums import Median, by_period, counted, shares
from yizhan.ratings.models import Level, Rating, Solved
from yizhan.regions.district import profile

REPEAT = timedelta(days=90)
WINDOW = timedelta(hours=24)
SUBJECT = Order._meta.label_lower
BACK = Q(kind="sent_back", facts__to__in=(State.RECEIVED, State.ESCALATED)) | Q(kind="disputed")
MERGED = {"merged": Q(main__isnull=False)}
OVER = {
    "withdrawn": Q(state=State.WITHDRAWN),
    "turned_away": Q(state=State.TURNED_AWAY),
    **MERGED,
}
IN_TIME = Q(held_at__lte=F("finish_by"))
LEFT_OUT = {
    **OVER,
    "asking": Q(state=State.ASKING) & IN_TIME,
    "pending": Q(state=State.PENDING) & IN_TIME,
}


def orders_in(extent: Extent) -> OrderQuerySet:
    """Every order of the extent, for counting; nothing for an empty one."""
    if extent.area:
        return Order.objects.switched_on().filter(region_code__startswith=extent.area)
    if extent.unit_path:
        return Order.objects.switched_on().filter(unit__path__startswith=extent.unit_path)
    return Order.objects.none()


def placed(extent: Extent, periods: Sequence[Period], at: datetime) -> list[Value]:
    """收到的点单."""
    return counted(orders_in(extent), "placed_at", Q(), periods, at)


def closed(extent: Extent, periods: Sequence[Period], at: datetime) -> list[Value]:
    """办结的点单, not opened again; what was merged is done with its main order."""
    return counted(orders_in(extent), "finished_at", Q(main=None), periods, at)


def on_time(extent: Extent, periods: Sequence[Period], at: datetime) -> list[Value]:
    """Of the orders placed in the period and due by now, those finished by the promise.

    What waits for the asker or is on the pending list is left out only if that began in time.
    """
    held = _steps("asked", "set_aside").order_by("-seq").values("at")[:1]
    due = orders_in(extent).filter(finish_by__lte=at).annotate(held_at=Subquery(held))
    done = Q(finished_at__lte=F("finish_by"))
    return shares(due, "placed_at", done, periods, at, LEFT_OUT)


def responded(extent: Extent, periods: Sequence[Period], at: datetime) -> list[Value]:
    """Of the orders placed in the period, those whose asker was reached in time.

    As long as the clock of the first contact runs and is not due, an order is not counted yet.
    """
    clock = Clock.objects.filter(
        subject_type=SUBJECT, subject_id=OuterRef("pk"), kind=CONTACT, round=OuterRef("round")
    )
    orders = orders_in(extent).annotate(
        contact_by=Subquery(clock.values("due_at")[:1]),
        contact_at=Subquery(clock.values("met_at")[:1]),
    )
    in_time = Q(contact_at__lte=F("contact_by"))
    return shares(orders.filter(contact_by__lte=at), "placed_at", in_time, periods, at, OVER)


def rated(extent: Extent, periods: Sequence[Period], at: datetime) -> list[Value]:
    """Of the orders closed in the period, those that the asker has rated."""
    return shares(orders_in(extent), "finished_at", Q(state=State.RATED), periods, at, MERGED)


def returned(extent: Extent, periods: Sequence[Period], at: datetime) -> list[Value]:
    """Of the orders placed in the period and dispatched, those that a unit has refused.

    It sent the order back, or disputed that it is its own.
    """
    sent = orders_in(extent).filter(Exists(_dispatches()))
    back = Exists(_steps("sent_back", "disputed").filter(BACK))
    return shares(sent.annotate(back=back), "placed_at", Q(back=True), periods, at, OVER)


def repeated(extent: Extent, periods: Sequence[Period], at: datetime) -> list[Value]:
    """Of the orders placed in the period, those with one like it in the ninety days before.

    Like it: of the same person, in the same community, of the same category.
    """
    earlier = Order.objects.filter(
        author=OuterRef("author"),
        category=OuterRef("category"),
        region_code=OuterRef("region_code"),
        placed_at__lt=OuterRef("placed_at"),
        placed_at__gte=OuterRef("placed_at") - REPEAT,
    ).exclude(state__in=(State.WITHDRAWN, State.TURNED_AWAY))
    orders = orders_in(extent).annotate(again=Exists(earlier))
    left_out = {**OVER, "no_account": Q(author=None)}
    return shares(orders, "placed_at", Q(again=True), periods, at, left_out)


def accepted(extent: Extent, periods: Sequence[Period], at: datetime) -> list[Value]:
    """Of the orders for which people were first invited in the period, those taken in a day.

    Every round of an order has its own first invitation. Nothing is counted of persons.
    """
    earlier = Invitation.objects.filter(
        order=OuterRef("order"), round=OuterRef("round"), is_hand_over=False, pk__lt=OuterRef("pk")
    )
    inside = {"at__gte": OuterRef("at"), "at__lte": OuterRef("at") + WINDOW}
    steps = Step.objects.filter(subject_type=SUBJECT, subject_id=OuterRef("order_id"), **inside)
    first = Invitation.objects.filter(
        ~Exists(earlier), order__in=orders_in(extent), is_hand_over=False, at__lte=at - WINDOW
    ).annotate(
        taken=Exists(steps.filter(kind="accepted")),
        back=Exists(steps.filter(BACK)),
        gone=Exists(steps.filter(kind="withdrawn")),
    )
    left_out = {"returned": Q(taken=False, back=True), "withdrawn": Q(taken=False, gone=True)}
    return shares(first, "at", Q(taken=True), periods, at, left_out)


def until_dispatched(extent: Extent, periods: Sequence[Period], at: datetime) -> list[Value]:
    """The median hours from placing to the first dispatch, of the orders placed in the period."""
    first = _dispatches().order_by("seq").values("at")[:1]
    orders = orders_in(extent).annotate(sent=Subquery(first, output_field=DateTimeField()))
    asked = {
        "middle": Median(
            Extract(F("sent") - F("placed_at"), "epoch"), filter=Q(sent__isnull=False)
        ),
        "all": Count("pk", filter=Q(sent__isnull=False)),
        "never": Count("pk", filter=Q(sent=None)),
    }
    rows = by_period(orders, "placed_at", periods, asked)
    return [
        Value(_hours(row.get("middle")), row["all"], {"not_dispatched": row["never"]}, period, at)
        for period, row in zip(periods, rows, strict=True)
    ]


def _hours(seconds: float | None) -> Decimal:
    return Decimal(f"{(seconds or 0) / 3600:.1f}")


def pending(extent: Extent, periods: Sequence[Period], at: datetime) -> list[Value]:
    """How many orders were on the pending list when the period ended, or are now."""
    ends = [min(period.span[1], at) for period in periods]
    counts = {
        f"n{number}": Count("pk", filter=Q(at__lt=end) & (Q(left_at=None) | Q(left_at__gte=end)))
        for number, end in enumerate(ends)
    }
    row = _set_aside(extent).aggregate(**counts)
    return [
        Value(Decimal(row[f"n{number}"]), 0, {}, period, at)
        for number, period in enumerate(periods)
    ]


def struck_off(extent: Extent, periods: Sequence[Period], at: datetime) -> list[Value]:
    """Of the orders on the pending list in the period, those struck off with a result in it."""
    asked = {}
    for number, period in enumerate(periods):
        start, end = period.span
        inside = Q(left_at__gte=start, left_at__lt=end)
        there = Q(at__lt=end) & (Q(left_at=None) | Q(left_at__gte=start))
        struck = inside & Q(left_by="concluded")
        stays = Q(left_at=None) | Q(left_at__gte=end)
        asked[f"all{number}"] = Count("pk", filter=there & (stays | struck))
        asked[f"some{number}"] = Count("pk", filter=there & struck)
        asked[f"away{number}"] = Count("pk", filter=there & inside & ~Q(left_by="concluded"))
    row = _set_aside(extent).aggregate(**asked)
    return [
        Value(Decimal(row[f"some{n}"]), row[f"all{n}"], {"taken_up": row[f"away{n}"]}, period, at)
        for n, period in enumerate(periods)
    ]


def _set_aside(extent: Extent) -> QuerySet[Step]:
    """Each time an order was put on the pending list, and when and how it left it."""
    left = Step.objects.filter(
        subject_type=SUBJECT,
        subject_id=OuterRef("subject_id"),
        seq__gt=OuterRef("seq"),
        facts__from=State.PENDING,
    ).order_by("seq")
    return Step.objects.filter(
        subject_type=SUBJECT, kind="set_aside", subject_id__in=orders_in(extent).values("pk")
    ).annotate(left_at=Subquery(left.values("at")[:1]), left_by=Subquery(left.values("kind")[:1]))


def solved(extent: Extent, periods: Sequence[Period], at: datetime) -> list[Value]:
    """Of the ratings given in the period, how many say that it was solved."""
    weights = {Solved.YES: Decimal(1), Solved.PARTLY: profile().measures.partly}
    return _weighed(extent, "solved", weights, periods, at)


def satisfied(extent: Extent, periods: Sequence[Period], at: datetime) -> list[Value]:
    """Of the ratings given in the period, how many are good; the district may grade them."""
    best_first = sorted(Level, reverse=True)
    weights = dict(zip(best_first, profile().measures.levels, strict=True))
    return _weighed(extent, "level", weights, periods, at)


def _weighed(
    extent: Extent,
    answer: str,
    weights: Mapping[Any, Decimal],
    periods: Sequence[Period],
    at: datetime,
) -> list[Value]:
    given = Rating.objects.filter(
        subject_type=SUBJECT, subject_id__in=orders_in(extent).values("pk")
    )
    counts = Q(set_apart=None)
    asked = {f"n_{key}": Count("pk", filter=counts & Q(**{answer: key})) for key in weights}
    asked["all"] = Count("pk", filter=counts)
    asked["unfounded"] = Count("pk", filter=~counts)
    rows = by_period(given, "at", periods, asked)
    return [
        Value(
            sum((row[f"n_{key}"] * weight for key, weight in weights.items()), Decimal(0)),
            row["all"],
            {"unfounded": row["unfounded"]},
            period,
            at,
        )
        for period, row in zip(periods, rows, strict=True)
    ]


def _steps(*kinds: str) -> QuerySet[Step]:
    """The steps of these kinds of the order in the outer query."""
    return Step.objects.filter(subject_type=SUBJECT, subject_id=OuterRef("pk"), kind__in=kinds)


def _dispatches() -> QuerySet[Step]:
    """The dispatches of the order in the outer query, but none that was taken back at once."""
    undone = Step.objects.filter(
        subject_type=SUBJECT,
        subject_id=OuterRef("subject_id"),
        seq=OuterRef("seq") + 1,
        kind="undone",
    )
    return _steps("dispatched").filter(~Exists(undone))
