"""Metrics: each is defined once, in words and by one function, for an area and a period.

A metric is a count, a rate or a median of what was done, never of who did it: its function is
given an extent, periods and a moment, and nothing else. What must not be counted at all is data,
`reference/blocked_metrics.toml`; registering such a metric fails.
"""

import inspect
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cache
from math import sqrt
from pathlib import Path
from typing import Self

from django.utils.timezone import get_default_timezone

FEW = 10  # no rate and no median of fewer cases
FEWEST = 5  # no counts either, where counts of very few would tell of one case
Z = 1.959963984540054  # the normal quantile of a 95 % interval
GIVEN = ("extent", "periods", "at")
AREA = "area"
BLOCKED = Path(__file__).parent / "reference" / "blocked_metrics.toml"


class Kind(StrEnum):
    """What a metric is, and how its value reads."""

    COUNT = "count"
    RATE = "rate"
    MEDIAN = "median"

    @property
    def label(self) -> str:
        """The word people read."""
        return {"count": "数量", "rate": "比率", "median": "中位数"}[self.value]


@dataclass(frozen=True, slots=True)
class Period:
    """A week from Monday, or a calendar month: its first day and the day after its last."""

    kind: str
    first: date
    after: date

    @classmethod
    def around(cls, kind: str, day: date) -> Self:
        """The week, or the month, in which this day lies."""
        if kind == "month":
            first = day.replace(day=1)
            return cls("month", first, (first + timedelta(days=32)).replace(day=1))
        first = day - timedelta(days=day.weekday())
        return cls("week", first, first + timedelta(days=7))

    @classmethod
    def asked(cls, kind: str, day: str, today: date) -> Self:
        """The week, or the month, of the day that was asked for; the present one by default."""
        try:
            wanted = date.fromisoformat(day) if day else today
        except ValueError:
            wanted = today
        return cls.around(kind, wanted if 2000 <= wanted.year < 2100 else today)

    @property
    def before(self) -> Self:
        """The week or the month before."""
        return self.around(self.kind, self.first - timedelta(days=1))

    @property
    def last(self) -> date:
        """The last day of the period."""
        return self.after - timedelta(days=1)

    @property
    def words(self) -> str:
        """2026年11月, or 2026年11月16日至11月22日."""
        start = f"{self.first.year}年{self.first.month}月"
        if self.kind == "month":
            return start
        year = f"{self.last.year}年" if self.last.year != self.first.year else ""
        return f"{start}{self.first.day}日至{year}{self.last.month}月{self.last.day}日"

    @property
    def mark(self) -> str:
        """The same for the foot of a chart: 11月, or 11/16."""
        if self.kind == "month":
            return f"{self.first.month}月"
        return f"{self.first.month}/{self.first.day}"

    @property
    def span(self) -> tuple[datetime, datetime]:
        """From the first midnight up to the last, on the clock of the district."""
        zone = get_default_timezone()
        start, end = (datetime.combine(day, time(), zone) for day in (self.first, self.after))
        return start, end


def past(period: Period, many: int) -> list[Period]:
    """So many periods of the same kind, this one last."""
    found = [period]
    while len(found) < many:
        found.insert(0, found[0].before)
    return found


@dataclass(frozen=True, slots=True)
class Extent:
    """Where is counted: the regions below a code, or what lies with a unit and those below it."""

    area: str = ""
    unit_path: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """What came out for one period, as known at one moment.

    A rate is `numerator` of `denominator`; a count is the numerator alone; a median is in the
    numerator, and the denominator says of how many. `excluded` counts by reason what belongs to
    the period and was left out; denominator and excluded together are the period's whole.
    """

    numerator: Decimal
    denominator: int
    excluded: Mapping[str, int]
    period: Period
    at: datetime

    @property
    def rate(self) -> Decimal | None:
        """The share, or None of fewer than ten."""
        return self.numerator / self.denominator if self.denominator >= FEW else None

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of the share after Wilson: what chance alone would leave open."""
        n = self.denominator
        if not n:
            return 0.0, 1.0
        share, z2 = float(self.numerator) / n, Z * Z
        middle = (share + z2 / (2 * n)) / (1 + z2 / n)
        half = Z / (1 + z2 / n) * sqrt(share * (1 - share) / n + z2 / (4 * n * n))
        return max(0.0, middle - half), min(1.0, middle + half)

    def differs_from(self, other: "Value") -> bool:
        """Whether two shares differ by more than chance explains: their intervals do not meet."""
        (low, high), (other_low, other_high) = self.interval, other.interval
        return high < other_low or other_high < low


Compute = Callable[[Extent, Sequence[Period], datetime], list[Value]]


def _nothing_chosen() -> Mapping[str, str]:
    return {}


@dataclass(frozen=True, slots=True)
class Metric:
    """One definition. A changed definition is a new `version`, and says `since` when.

    `topic` is the heading under which it stands, `of` the measure word of the cases. `compute`
    gives one value for each period; periods do not overlap. `chosen` are the parameters that a
    district has set. `for_units`: whether it may be counted for one unit too. `guarded`: counts of
    fewer than five stay hidden, because they would tell of single cases.
    """

    code: str
    name: str
    kind: Kind
    topic: str
    unit: str
    numerator: str
    denominator: str
    source: str
    since: date
    compute: Compute
    exclusions: Mapping[str, str] = field(default_factory=dict)
    version: int = 1
    chosen: Callable[[], Mapping[str, str]] = _nothing_chosen
    of: str = "件"
    grain: str = AREA
    for_units: bool = False
    guarded: bool = False

    @property
    def edition(self) -> str:
        """Version and parameters: values of one edition were made in the same way."""
        return " ".join([str(self.version), *(f"{k}={v}" for k, v in self.chosen().items())])

    def values(self, extent: Extent, periods: Sequence[Period], at: datetime) -> list[Value]:
        """One value for each period, as known at this moment."""
        if extent.unit_path and not self.for_units:
            raise Blocked(f"{self.code} is counted for areas alone")
        return self.compute(extent, periods, at)

    def shows(self, value: Value) -> bool:
        """Whether the counts of a value may be shown."""
        return not self.guarded or value.denominator >= FEWEST

    def words(self, value: Value) -> str:
        """The value for people: 12 件, 83.3 %, 5.5 小时; nothing where there are too few."""
        if self.kind is Kind.COUNT:
            return f"{plain(value.numerator)} {self.unit}" if self.shows(value) else ""
        if value.denominator < FEW:
            return ""
        if self.kind is Kind.MEDIAN:
            return f"{plain(value.numerator)} {self.unit}"
        return f"{value.numerator * 100 / value.denominator:.1f} %"


def plain(number: Decimal) -> str:
    """A number without needless zeros: 3, 3.5."""
    return f"{number.normalize():f}" if number else "0"


class Blocked(ValueError):
    """This must not be counted; the message says why."""


@dataclass(frozen=True, slots=True)
class Block:
    """One kind of thing that is never counted, and why."""

    what: str
    why: str
    codes: str
    words: str


@cache
def blocked() -> tuple[Block, ...]:
    """What is never counted."""
    rows = tomllib.loads(BLOCKED.read_text("utf-8"))["blocked"]
    return tuple(Block(**row) for row in rows)


REGISTRY: dict[str, Metric] = {}


def register(metric: Metric) -> Metric:
    """Make a metric known. Raises `Blocked` for what is never counted or would count persons."""
    words = f"{metric.name} {metric.numerator} {metric.denominator}"
    for block in blocked():
        if re.search(block.codes, metric.code) or re.search(block.words, words):
            raise Blocked(f"{metric.code}: {block.what}，{block.why}")
    if metric.grain != AREA:
        raise Blocked(f"{metric.code}: counted by {metric.grain}; only areas are counted")
    if tuple(inspect.signature(metric.compute).parameters) != GIVEN:
        raise Blocked(f"{metric.code}: its function takes {', '.join(GIVEN)} and nothing else")
    if REGISTRY.get(metric.code, metric) is not metric:
        raise ValueError(f"{metric.code} is defined twice")
    REGISTRY[metric.code] = metric
    return metric
