"""The metrics of an area for other systems: the same values, hidden where the page hides them."""

from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.timezone import localdate, now
from ninja import Field, Query, Router, Schema
from ninja.errors import HttpError

from yizhan.base.metrics import Kind, Period
from yizhan.insights.measures import KINDS, Line, lines
from yizhan.insights.rules import can_read_metrics
from yizhan.regions.models import Region

router = Router(tags=["metrics"])


class MetricFilter(Schema):
    """Which period, and of which region; one's own area and the present month by default."""

    period: str = Field("month", pattern="^(week|month)$")
    of: date | None = Field(None, description="a day in the period", ge=date(2000, 1, 1))
    region: str = Field("", pattern=r"^\d{0,12}$", description="the code of a region in the area")


class MetricOut(Schema):
    """One value. Numerator and denominator are null where there are too few to be shown."""

    code: str
    name: str
    kind: str
    words: str
    numerator: str | None
    denominator: int | None
    excluded: dict[str, int]
    edition: str


class MetricsOut(Schema):
    """Every metric of one region in one period, as known at one moment."""

    region: str
    period: str
    first: date
    last: date
    at: str
    metrics: list[MetricOut]
    demo: str | None


class Problem(Schema):
    """What was wrong with the question."""

    detail: object


@router.get(
    "", response={200: MetricsOut, 401: Problem, 404: Problem, 422: Problem}, url_name="metrics"
)
def metrics(request: HttpRequest, wanted: Query[MetricFilter]) -> dict[str, Any]:
    """The figures of one's own area, or of one region in it; 404 for posts that read none."""
    by, at = getattr(request, "actor", None), now()
    code = wanted.region or (by.area if by else "")
    own = Region.objects.current().own().filter(kind__in=KINDS, code=code or "-")
    if by is None or not can_read_metrics(by, code) or not own.exists():
        raise HttpError(404, "没有这个地方的指标")
    day = wanted.of or localdate(at)
    period = Period.around(wanted.period, day if day.year < 2100 else localdate(at))
    return {
        "region": code,
        "period": period.kind,
        "first": period.first,
        "last": period.last,
        "at": at.isoformat(),
        "metrics": [_told(line) for line in lines(code, period, at)],
        "demo": "演示数据" if settings.DEMO else None,
    }


def _told(line: Line) -> dict[str, Any]:
    metric, value = line.metric, line.value
    numerator = line.words.split(" ")[0] if metric.kind is Kind.COUNT else line.numerator
    return {
        "code": metric.code,
        "name": metric.name,
        "kind": metric.kind.value,
        "words": line.words,
        "numerator": numerator or None,
        "denominator": int(line.denominator) if line.denominator else None,
        "excluded": dict(value.excluded),
        "edition": metric.edition,
    }
