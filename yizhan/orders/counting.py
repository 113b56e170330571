"""How the metrics of orders are counted: one query each, however many periods are asked for."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import (
    Aggregate,
    Case,
    Count,
    DateTimeField,
    Exists,
    F,
    FloatField,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import Extract

from yizhan.base.metrics import Extent, Period, Value
from yizhan.base.steps import Step
from yizhan.orders.models import Invitation, Order, OrderQuerySet
from yizhan.orders.states import State
from yizhan.ratings.models import Level, Rating, Solved
from yizhan.regions.district import profile

REPEAT = timedelta(days=90)
WINDOW = timedelta(hours=24)
SUBJECT = Order._meta.label_lower
OVER = {"withdrawn": Q(state=State.WITHDRAWN), "turned_away": Q(state=State.TURNED_AWAY)}
LEFT_OUT = {**OVER, "asking": Q(state=State.ASKING)}


class Median(Aggregate):
    """The middle one of some numbers."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()


def orders_in(extent: Extent) -> OrderQuerySet:
    """Every order of the extent, for counting; nothing for an empty one."""
    if extent.area:
        return Order.objects.switched_on().filter(region_code__startswith=extent.area)
    if extent.unit_path:
        return Order.objects.switched_on().filter(unit__path__startswith=extent.unit_path)
    return Order.objects.none()


def placed(extent: Extent, periods: Sequence[Period], at: datetime) -> list[Value]:
    """收到的点单."""
    return _counted(orders_in(extent), "placed_at", Q(), periods, at)


def closed(extent: Extent, periods: Sequence[Period], at: datetime) -> list[Value]:
    """办结的点单, not opened again."""
    return _counted(orders_in(extent), "finished_at", Q(), periods, at)


def on_time(extent: Extent, periods: Sequence[Period], at: datetime) -> list[Value]:
    """Of the orders placed in the period and due by now, those finished by the promise."""
    due = orders_in(extent).filter(finish_by__lte=at)
    done = Q(finished_at__lte=F("finish_by"))
    return _shares(due, "placed_at", done, periods, at, LEFT_OUT)


def rated(extent: Extent, periods: Sequence[Period], at: datetime) -> list[Value]:
    """Of the orders closed in the period, those that the asker has rated."""
    return _shares(orders_in(extent), "finished_at", Q(state=State.RATED), periods, at)


def returned(extent: Extent, periods: Sequence[Period], at: datetime) -> list[Value]:
    """Of the orders placed in the period and dispatched, those that a unit has sent back."""
    sent = orders_in(extent).filter(Exists(_dispatches()))
    back = Exists(_steps("sent_back").filter(facts__to=State.RECEIVED))
    return _shares(sent.annotate(back=back), "placed_at", Q(back=True), periods, at, OVER)


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
    return _shares(orders, "placed_at", Q(again=True), periods, at, left_out)


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
        back=Exists(steps.filter(kind="sent_back", facts__to=State.RECEIVED)),
        gone=Exists(steps.filter(kind="withdrawn")),
    )
    left_out = {"returned": Q(taken=False, back=True), "withdrawn": Q(taken=False, gone=True)}
    return _shares(first, "at", Q(taken=True), periods, at, left_out)


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
    rows = _by_period(orders, "placed_at", periods, asked)
    return [
        Value(_hours(row.get("middle")), row["all"], {"not_dispatched": row["never"]}, period, at)
        for period, row in zip(periods, rows, strict=True)
    ]


def _hours(seconds: float | None) -> Decimal:
    return Decimal(f"{(seconds or 0) / 3600:.1f}")


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
    asked = {f"n_{key}": Count("pk", filter=Q(**{answer: key})) for key in weights}
    rows = _by_period(given, "at", periods, {"all": Count("pk"), **asked})
    return [
        Value(
            sum((row[f"n_{key}"] * weight for key, weight in weights.items()), Decimal(0)),
            row["all"],
            {},
            period,
            at,
        )
        for period, row in zip(periods, rows, strict=True)
    ]


def _steps(kind: str) -> QuerySet[Step]:
    """The steps of this kind of the order in the outer query."""
    return Step.objects.filter(subject_type=SUBJECT, subject_id=OuterRef("pk"), kind=kind)


def _dispatches() -> QuerySet[Step]:
    """The dispatches of the order in the outer query, but none that was taken back at once."""
    undone = Step.objects.filter(
        subject_type=SUBJECT,
        subject_id=OuterRef("subject_id"),
        seq=OuterRef("seq") + 1,
        kind="undone",
    )
    return _steps("dispatched").filter(~Exists(undone))


def _counted(
    rows: QuerySet[Any], moment: str, counts: Q, periods: Sequence[Period], at: datetime
) -> list[Value]:
    found = _by_period(rows, moment, periods, {"all": Count("pk", filter=counts or None)})
    return [
        Value(Decimal(row["all"]), 0, {}, period, at)
        for period, row in zip(periods, found, strict=True)
    ]


def _shares(
    rows: QuerySet[Any],
    moment: str,
    counts: Q,
    periods: Sequence[Period],
    at: datetime,
    left_out: Mapping[str, Q] | None = None,
) -> list[Value]:
    """How many of those that are not left out, by period; the first reason that fits is named."""
    asked, inside = {}, Q()
    for reason, condition in (left_out or {}).items():
        asked[f"x_{reason}"] = Count("pk", filter=inside & condition)
        inside &= ~condition
    asked["all"] = Count("pk", filter=inside or None)
    asked["some"] = Count("pk", filter=inside & counts)
    found = _by_period(rows, moment, periods, asked)
    return [
        Value(
            Decimal(row["some"]),
            row["all"],
            {reason: row[f"x_{reason}"] for reason in left_out or {}},
            period,
            at,
        )
        for period, row in zip(periods, found, strict=True)
    ]


def _by_period(
    rows: QuerySet[Any], moment: str, periods: Sequence[Period], asked: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """The aggregates of each period, in one query; zeros where there is nothing."""
    spans = [Q(**{f"{moment}__gte": p.span[0], f"{moment}__lt": p.span[1]}) for p in periods]
    slot = Case(*(When(q, then=number) for number, q in enumerate(spans)), output_field=_NUMBER)
    inside = {f"{moment}__gte": min(p.span[0] for p in periods)}
    inside[f"{moment}__lt"] = max(p.span[1] for p in periods)
    grouped = rows.filter(**inside).annotate(slot=slot).order_by().values("slot").annotate(**asked)
    found = {row["slot"]: row for row in grouped}
    nothing = dict.fromkeys(asked, 0)
    return [found.get(number, nothing) for number in range(len(periods))]


_NUMBER = IntegerField()
