"""Stating what was done before the platform, and putting it right; keeping figures."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate

from yizhan.base.actor import Actor
from yizhan.base.metrics import REGISTRY, Extent, Period
from yizhan.insights import queries, rules
from yizhan.insights.models import Baseline, MetricSnapshot
from yizhan.reading.rules import NOTHING_KEPT, can_show, kept_facts
from yizhan.regions.models import Region


@dataclass(frozen=True, slots=True)
class Statement:
    """How many until which day, from which paper, and who signs for it in which post."""

    amount: int
    as_of_date: date
    source: str
    signer: str
    signer_post: str


@transaction.atomic
def enter_baseline(
    *,
    metric: str,
    region: Region,
    statement: Statement,
    kept: Mapping[str, str] = NOTHING_KEPT,
    by: Actor,
    at: datetime,
) -> Baseline:
    """State a count of what was done before; once for each place, whatever lies above or below.

    `kept` gives the reason for each piece of personal data that stays in the source. Refused with
    no_power, outside, unknown_metric, nothing, future, taken, or personal_data.
    """
    _lock()
    rules.can_enter_baseline(
        by,
        metric=metric,
        region_code=region.code,
        amount=statement.amount,
        as_of=statement.as_of_date,
        today=localdate(at),
        taken_by=queries.taken_by(metric, region.code),
    ).or_refuse()
    can_show([statement.source], kept).or_refuse()
    baseline = _kept(metric, region, statement, at)
    facts: dict[str, Any] = {"metric": metric, "amount": statement.amount}
    baseline.begin("entered", by=by, at=at, **facts, **kept_facts([statement.source], kept))
    return baseline


@transaction.atomic
def correct_baseline(
    *,
    baseline: Baseline,
    statement: Statement,
    reason: str,
    kept: Mapping[str, str] = NOTHING_KEPT,
    by: Actor,
    at: datetime,
) -> Baseline:
    """Put a new entry in the place of one that was wrong; both stay readable.

    Refused with no_power, outside, corrected, future, taken, or personal_data.
    """
    _lock()
    other = queries.taken_by(baseline.metric, baseline.region_code, besides=baseline.pk)
    rules.can_correct_baseline(
        baseline,
        by,
        as_of=statement.as_of_date,
        today=localdate(at),
        is_standing=Baseline.objects.standing().filter(pk=baseline.pk).exists(),
        taken_by=other if statement.amount else "",
    ).or_refuse()
    texts = [statement.source, reason]
    can_show(texts, kept).or_refuse()
    new = _kept(baseline.metric, baseline.region, statement, at, corrects=baseline, reason=reason)
    new.begin(
        "corrected",
        by=by,
        at=at,
        metric=new.metric,
        corrects=baseline.pk,
        before=baseline.amount,
        amount=new.amount,
        **kept_facts(texts, kept),
    )
    return new


@transaction.atomic
def take_snapshots(
    *, region_code: str, periods: Sequence[Period], is_final: bool, by: Actor, at: datetime
) -> int:
    """Keep what every metric comes to for a region and some periods of one kind; once for each.

    Returns how many values there are. Refused with no_power for anybody but the clock.
    """
    rules.can_take_snapshots(by).or_refuse()
    rows = [
        MetricSnapshot(
            metric=metric.code,
            edition=metric.edition,
            region_code=region_code,
            kind=value.period.kind,
            first_date=value.period.first,
            is_final=is_final,
            numerator=value.numerator,
            denominator=value.denominator,
            excluded=dict(value.excluded),
            taken_at=at,
        )
        for metric in REGISTRY.values()
        for value in metric.values(Extent(area=region_code), periods, at)
    ]
    MetricSnapshot.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _lock() -> None:
    """The district's row: entries are made one after another. Written rows cannot be locked."""
    Region.objects.current().select_for_update().get(code=settings.DISTRICT)


def _kept(
    metric: str,
    region: Region,
    statement: Statement,
    at: datetime,
    *,
    corrects: Baseline | None = None,
    reason: str = "",
) -> Baseline:
    return Baseline.objects.create(
        metric=metric,
        region=region,
        region_code=region.code,
        corrects=corrects,
        reason=reason,
        entered_at=at,
        **asdict(statement),
    )
