"""When a station is open: one normalised timeline from weekly spans, exceptions and the calendar.

Minutes count from midnight of the day a span begins on, Beijing time: 08:30 is 510, 02:00 of the
next morning is 1560, a whole day is 0 to 1440. This module is arithmetic only.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import combinations
from typing import Protocol

from yizhan.clocks.calendar import BEIJING, DayKind, day_kind, is_provisional

MIDNIGHT = 24 * 60
HOLIDAY = "8"
FRIDAY = "5"
ONE_DAY = timedelta(days=1)
OPEN_HORIZON = 15
NEXT_HORIZON = 60
NAMES = ("周一", "周二", "周三", "周四", "周五", "周六", "周日", "节假日")
WEEKDAY_NAMES = dict(zip("12345678", NAMES, strict=True))


class Calendar(StrEnum):
    """How a station goes with the national calendar.

    `workdays`: closed on holidays, and a make-up workday is like a Friday. `daily`: the week as it
    is, on holidays too. `apart`: holidays have spans of their own, none meaning closed.
    """

    WORKDAYS = "workdays"
    DAILY = "daily"
    APART = "apart"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Open from one minute to another; `closes` may lie beyond midnight."""

    opens: int
    closes: int

    def __str__(self) -> str:
        if self.closes - self.opens == MIDNIGHT:
            return "全天"
        late = "次日 " if self.closes > MIDNIGHT else ""
        return f"{clock(self.opens)}–{late}{clock(self.closes)}"


@dataclass(frozen=True, slots=True)
class Weekly:
    """A span on some days of the week: digits 1 (Monday) to 7, and 8 for holidays."""

    weekdays: str
    span: Span


@dataclass(frozen=True, slots=True)
class Exceptional:
    """Other spans, or none, on some dates, and why. `ended_at` ends it early."""

    first: date
    last: date
    spans: tuple[Span, ...]
    reason: str
    ended_at: datetime | None = None

    def covers(self, day: date) -> bool:
        """Whether this day falls under the exception, wholly or until it was ended."""
        ended = self.ended_at and self.ended_at.astimezone(BEIJING).date()
        return self.first <= day <= self.last and (not ended or day <= ended)


@dataclass(frozen=True, slots=True)
class Schedule:
    """Everything that decides a station's hours. `halted` says why it does not open at all."""

    calendar: Calendar
    weekly: tuple[Weekly, ...]
    exceptions: tuple[Exceptional, ...] = ()
    halted: str = ""


class Scheduled(Protocol):
    @property
    def schedule(self) -> Schedule: ...


@dataclass(frozen=True, slots=True)
class Opening:
    """One unbroken time of being open."""

    opens: datetime
    closes: datetime


@dataclass(frozen=True, slots=True)
class State:
    """The answer at one moment: open until when, or closed, until when and why.

    `until` is None when open with no end in sight; `opens_at` is None when nothing is known ahead.
    """

    at: datetime
    is_open: bool
    until: datetime | None = None
    opens_at: datetime | None = None
    reason: str = ""
    provisional: bool = False

    @property
    def text(self) -> str:
        """The answer as people read it: 「至 22:00」, 「明天 08:30 开」, 「停水检修」."""
        if self.is_open:
            return f"至 {self._moment(self.until)}" if self.until else "全天"
        opens = f"{self._moment(self.opens_at)} 开" if self.opens_at else ""
        return "，".join(part for part in (self.reason, opens) if part)

    @property
    def label(self) -> str:
        """开放中 or 未开放."""
        return "开放中" if self.is_open else "未开放"

    def _moment(self, moment: datetime | None) -> str:
        local = (moment or self.at).astimezone(BEIJING)
        ahead = (local.date() - self.at.astimezone(BEIJING).date()).days
        if ahead == 1 and self.is_open and local.time() == time():
            return "24:00"
        day = {0: "", 1: "明天 "}.get(ahead, f"{local.month}月{local.day}日 ")
        return f"{day}{local:%H:%M}"


def clock(minute: int) -> str:
    """A minute as HH:MM; the end of a day is 24:00."""
    past = minute - MIDNIGHT if minute > MIDNIGHT else minute
    return f"{past // 60:02d}:{past % 60:02d}"


def spans_on(schedule: Schedule, day: date) -> tuple[Span, ...]:
    """The spans that begin on this day, exceptions first."""
    exception = exception_on(schedule, day)
    if exception is None:
        return _regular(schedule, day)
    ended = exception.ended_at and exception.ended_at.astimezone(BEIJING)
    if not ended or ended.date() > day:
        return exception.spans
    cut = ended.hour * 60 + ended.minute
    before = [Span(span.opens, min(span.closes, cut)) for span in exception.spans]
    after = [Span(max(span.opens, cut), span.closes) for span in _regular(schedule, day)]
    return tuple(span for span in (*before, *after) if span.opens < span.closes)


def exception_on(schedule: Schedule, day: date) -> Exceptional | None:
    """What holds on this day instead of the usual hours; one ended early gives way to another."""
    covering = (one for one in schedule.exceptions if one.covers(day))
    return min(covering, key=lambda one: one.ended_at is not None, default=None)


def _regular(schedule: Schedule, day: date) -> tuple[Span, ...]:
    digit = _digit(schedule.calendar, day)
    return tuple(sorted(row.span for row in schedule.weekly if digit and digit in row.weekdays))


def _digit(calendar: Calendar, day: date) -> str:
    kind = day_kind(day)
    if calendar is Calendar.DAILY or kind in (DayKind.WORKDAY, DayKind.WEEKEND):
        return str(day.isoweekday())
    if kind is DayKind.MAKE_UP:
        return FRIDAY
    return HOLIDAY if calendar is Calendar.APART else ""


def timeline(schedule: Schedule, first: date, days: int) -> Iterator[Opening]:
    """The openings that begin on these days or reach into them: in order, never overlapping."""
    if schedule.halted:
        return
    pending: Opening | None = None
    for ahead in range(-1, days):
        day = first + ahead * ONE_DAY
        midnight = datetime.combine(day, time(), tzinfo=BEIJING)
        for span in sorted(spans_on(schedule, day)):
            opens = midnight + timedelta(minutes=span.opens)
            closes = midnight + timedelta(minutes=span.closes)
            if pending and opens <= pending.closes:
                pending = Opening(pending.opens, max(pending.closes, closes))
                continue
            if pending:
                yield pending
            pending = Opening(opens, closes)
    if pending:
        yield pending


def state_at(station: Scheduled, at: datetime) -> State:
    """Whether the station is open at this moment, until when, or when and why not."""
    return state_of(station.schedule, at)


def state_of(schedule: Schedule, at: datetime) -> State:
    """The same for every station with these hours."""
    today = at.astimezone(BEIJING).date()
    if schedule.halted:
        return State(at, is_open=False, reason=schedule.halted)
    near = _not_over(schedule, at, OPEN_HORIZON, today)
    if near and near.opens <= at:
        endless = near.closes - at > timedelta(days=OPEN_HORIZON - 2)
        until = None if endless else near.closes
        return State(at, is_open=True, until=until, provisional=is_provisional(today))
    ahead = near or _not_over(schedule, at, NEXT_HORIZON, today)
    opens_at = ahead.opens if ahead else None
    looked_at = opens_at.date() if opens_at else today
    reason = _why(schedule, at, today)
    return State(
        at, is_open=False, opens_at=opens_at, reason=reason, provisional=is_provisional(looked_at)
    )


def _not_over(schedule: Schedule, at: datetime, days: int, today: date) -> Opening | None:
    """The first opening that has not ended: now, or the next one."""
    return next((one for one in timeline(schedule, today, days) if at < one.closes), None)


def _why(schedule: Schedule, at: datetime, day: date) -> str:
    exception = exception_on(schedule, day)
    if exception and not exception.spans and not (exception.ended_at and exception.ended_at <= at):
        return exception.reason
    closed_today = not spans_on(schedule, day)
    return "节假日" if closed_today and day_kind(day) is DayKind.HOLIDAY else ""


def clash(weekly: Iterable[Weekly]) -> str:
    """The first two weekly spans that overlap, named in Chinese; empty when none do."""
    placed = [(digit, row.span) for row in weekly for digit in row.weekdays]
    for (one, first), (two, second) in combinations(placed, 2):
        if _overlap(one, first, two, second):
            return f"{WEEKDAY_NAMES[one]} {first} 与{WEEKDAY_NAMES[two]} {second} 重叠"
    return ""


def _overlap(one: str, first: Span, two: str, second: Span) -> bool:
    if HOLIDAY in (one, two):
        shifts = [0] if one == two else []
    else:
        gap = (int(two) - int(one)) % 7
        shifts = [gap * MIDNIGHT, (gap - 7) * MIDNIGHT]
    return any(
        first.opens < second.closes + shift and second.opens + shift < first.closes
        for shift in shifts
    )
