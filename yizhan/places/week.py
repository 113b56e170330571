"""Hours as tables: this week with its exceptions, and the usual week for the plate at the door."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from yizhan.clocks.calendar import DayKind, day_kind, is_provisional
from yizhan.places.hours import (
    HOLIDAY,
    ONE_DAY,
    WEEKDAY_NAMES,
    Calendar,
    Schedule,
    Span,
    exception_on,
    spans_on,
)


@dataclass(frozen=True, slots=True)
class DayHours:
    """One day of the hours table."""

    day: date
    kind: DayKind
    spans: tuple[Span, ...]
    reason: str
    is_today: bool
    provisional: bool

    @property
    def weekday(self) -> str:
        """周一 to 周日."""
        return WEEKDAY_NAMES[str(self.day.isoweekday())]


def week_of(schedule: Schedule, today: date) -> list[DayHours]:
    """Seven days from Monday of this week, with exceptions and what the calendar says."""
    monday = today - (today.isoweekday() - 1) * ONE_DAY
    rows = []
    for day in (monday + ahead * ONE_DAY for ahead in range(7)):
        exception = exception_on(schedule, day)
        rows.append(
            DayHours(
                day=day,
                kind=day_kind(day),
                spans=() if schedule.halted else spans_on(schedule, day),
                reason=exception.reason if exception else "",
                is_today=day == today,
                provisional=is_provisional(day),
            )
        )
    return rows


@dataclass(frozen=True, slots=True)
class Regular:
    """Days of the week that have the same hours, as a plate at the door names them."""

    days: str
    spans: tuple[Span, ...]


def regular_week(schedule: Schedule) -> list[Regular]:
    """The usual week, days in a row with the same hours taken together; holidays last."""
    by_day = {
        digit: tuple(sorted(row.span for row in schedule.weekly if digit in row.weekdays))
        for digit in WEEKDAY_NAMES
    }
    rows: list[Regular] = []
    weekdays = [digit for digit in by_day if digit != HOLIDAY]
    for spans, run in groupby(weekdays, key=lambda digit: by_day[digit]):
        digits = list(run)
        first, last = WEEKDAY_NAMES[digits[0]], WEEKDAY_NAMES[digits[-1]]
        days = "每天" if len(digits) == 7 else f"{first}至{last}" if len(digits) > 1 else first
        rows.append(Regular(days, spans))
    if schedule.calendar is Calendar.APART:
        rows.append(Regular(WEEKDAY_NAMES[HOLIDAY], by_day[HOLIDAY]))
    return rows
