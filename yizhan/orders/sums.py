"""Sums over rows by period: one query, however many periods are asked for."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Aggregate, Case, Count, FloatField, IntegerField, Q, QuerySet, When

from yizhan.base.metrics import Period, Value


class Median(Aggregate):
    """The middle one of some numbers."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()


def counted(
    rows: QuerySet[Any], moment: str, counts: Q, periods: Sequence[Period], at: datetime
) -> list[Value]:
    found = by_period(rows, moment, periods, {"all": Count("pk", filter=counts or None)})
    return [
        Value(Decimal(row["all"]), 0, {}, period, at)
        for period, row in zip(periods, found, strict=True)
    ]


def shares(
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
    found = by_period(rows, moment, periods, asked)
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


def by_period(
    rows: QuerySet[Any], moment: str, periods: Sequence[Period], asked: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """The aggregates of each period, in one query; zeros where there is nothing."""
    spans = [Q(**{f"{moment}__gte": p.span[0], f"{moment}__lt": p.span[1]}) for p in periods]
    slot = Case(
        *(When(q, then=number) for number, q in enumerate(spans)), output_field=IntegerField()
    )
    inside = {f"{moment}__gte": min(p.span[0] for p in periods)}
    inside[f"{moment}__lt"] = max(p.span[1] for p in periods)
    grouped = rows.filter(**inside).annotate(slot=slot).order_by().values("slot").annotate(**asked)
    found = {row["slot"]: row for row in grouped}
    nothing = dict.fromkeys(asked, 0)
    return [found.get(number, nothing) for number in range(len(periods))]
