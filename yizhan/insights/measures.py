"""The metrics of one region: values, their own past, and what was kept of them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.utils.timezone import localdate

from yizhan.base.metrics import (
    FEW,
    FEWEST,
    REGISTRY,
    Extent,
    Kind,
    Metric,
    Period,
    Value,
    past,
    plain,
)
from yizhan.insights.charts import Chart, chart
from yizhan.insights.models import MetricSnapshot
from yizhan.regions.district import profile
from yizhan.regions.models import Region

TREND = {"week": 8, "month": 6}
THREE = ("response_rate", "solve_rate", "satisfaction_good_rate")
FINAL_AFTER = timedelta(days=30)
LOOK_BACK = 6
KINDS = (Region.Kind.DISTRICT, Region.Kind.STREET, Region.Kind.TOWN, Region.Kind.COMMUNITY)


@dataclass(frozen=True, slots=True)
class Kept:
    """A value as it was kept, beside the one of now."""

    words: str
    counts: str
    at: datetime
    is_final: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One metric of the page; the last of `values` is that of the period asked for."""

    metric: Metric
    values: tuple[Value, ...]
    kept: tuple[Kept, ...]

    @property
    def value(self) -> Value:
        return self.values[-1]

    @property
    def words(self) -> str:
        """The value, or nothing where there are too few."""
        return self.metric.words(self.value)

    @property
    def few(self) -> str:
        """Why there is no value."""
        if self.words:
            return ""
        if not self.value.denominator:
            return "本期还没有"
        return f"件数太少，不显示{'百分比' if self.metric.kind is Kind.RATE else '中位数'}"

    @property
    def numerator(self) -> str:
        return numerator_of(self.metric, self.value)

    @property
    def denominator(self) -> str:
        return denominator_of(self.metric, self.value)

    @property
    def counts(self) -> str:
        """Numerator and denominator in words."""
        return counts_of(self.metric, self.value)

    @property
    def left_out(self) -> list[tuple[str, int]]:
        """What was left out, why and how often; only what there is."""
        reasons = self.metric.exclusions.items()
        return [(words, n) for reason, words in reasons if (n := self.value.excluded[reason])]

    @property
    def against_before(self) -> str:
        """The period before, and whether chance alone may explain the difference."""
        if self.metric.kind is not Kind.RATE:
            return ""
        now, before = self.values[-1], self.values[-2]
        if now.denominator < FEW or before.denominator < FEW:
            return ""
        differs = before.differs_from(now)
        said = "差别不像是偶然的" if differs else "差别可能只是偶然"
        return f"上一期 {self.metric.words(before)}，{said}"

    @property
    def chart(self) -> Chart | None:
        """The own past as a drawing; None where fewer than two periods have a value."""
        return chart(self.metric, self.values)


def numerator_of(metric: Metric, value: Value) -> str:
    """The numerator as a figure; nothing where it is hidden, or is the value itself."""
    return plain(value.numerator) if metric.kind is Kind.RATE and metric.shows(value) else ""


def denominator_of(metric: Metric, value: Value) -> str:
    """The denominator as a figure; nothing where it is hidden, or there is none."""
    return str(value.denominator) if metric.kind is not Kind.COUNT and metric.shows(value) else ""


def counts_of(metric: Metric, value: Value) -> str:
    """Numerator and denominator in words: 12 件，共 15 件."""
    if metric.kind is Kind.COUNT or not value.denominator:
        return ""
    if not metric.shows(value):
        return f"不到 {FEWEST} {metric.of}，怕认出是谁，几{metric.of}也不显示"
    whole = f"共 {value.denominator} {metric.of}"
    if metric.kind is Kind.MEDIAN:
        return whole
    return f"{numerator_of(metric, value)} {metric.of}，{whole}"


def lines(region_code: str, period: Period, at: datetime) -> list[Line]:
    """Every metric of a region, with its own past: one query each, and one for what was kept."""
    periods = past(period, TREND[period.kind])
    extent, kept = Extent(area=region_code), _kept(region_code, period)
    return [
        Line(metric, tuple(metric.values(extent, periods, at)), tuple(kept[metric.code]))
        for metric in REGISTRY.values()
    ]


def _kept(region_code: str, period: Period) -> dict[str, list[Kept]]:
    """What was kept of this period, by metric, the first time first; of the present edition."""
    rows = MetricSnapshot.objects.filter(
        region_code=region_code, kind=period.kind, first_date=period.first
    ).order_by("taken_at")
    kept: dict[str, list[Kept]] = defaultdict(list)
    for row in rows:
        metric = REGISTRY.get(row.metric)
        if metric is None or row.edition != metric.edition:
            continue
        value = Value(row.numerator, row.denominator, row.excluded, period, row.taken_at)
        told = metric.words(value) or "件数太少"
        kept[row.metric].append(Kept(told, counts_of(metric, value), row.taken_at, row.is_final))
    return kept


@dataclass(frozen=True, slots=True)
class Three:
    """三率合成: the three rates with the weights that the district has set, and their sum.

    `total` is empty while one of them has too few cases. It is shown with its parts, and nowhere
    else: no list is made of it.
    """

    parts: tuple[tuple[Line, int], ...]
    total: str


def three(found: Sequence[Line]) -> Three:
    """The three rates of these lines, and what they come to together."""
    by_code = {line.metric.code: line for line in found}
    weights = profile().measures.parts
    parts = tuple((by_code[code], w) for code, w in zip(THREE, weights, strict=True))
    total = Decimal(0)
    for line, weight in parts:
        if line.value.rate is None:
            return Three(parts, "")
        total += line.value.rate * weight
    return Three(parts, f"{total:.1f}")


def below(region: Region) -> list[Region]:
    """The regions directly below, in the order of their codes."""
    here = Region.objects.current().own().filter(parent__code=region.code, kind__in=KINDS)
    return list(here.order_by("code"))


@dataclass(frozen=True, slots=True)
class Due:
    """Periods of one kind of a region that have ended and are not kept yet."""

    region_code: str
    periods: tuple[Period, ...]
    is_final: bool


def snapshots_due(at: datetime) -> Iterator[Due]:
    """What is to be kept now, for every region that the district runs, by code."""
    today = localdate(at)
    regions = Region.objects.current().own().filter(kind__in=KINDS).order_by("code")
    codes = list(regions.values_list("code", flat=True))
    for kind in TREND:
        for is_final in (False, True):
            day = today - FINAL_AFTER if is_final else today
            ended = past(Period.around(kind, day).before, LOOK_BACK)
            taken = _taken(kind, ended[0], is_final)
            for code in codes:
                missing = tuple(one for one in ended if (code, one.first) not in taken)
                if missing:
                    yield Due(code, missing, is_final)


def _taken(kind: str, since: Period, is_final: bool) -> set[tuple[str, object]]:
    rows = MetricSnapshot.objects.filter(
        kind=kind, is_final=is_final, first_date__gte=since.first
    ).values_list("region_code", "first_date")
    return set(rows.distinct())
