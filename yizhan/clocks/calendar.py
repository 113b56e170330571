"""The working calendar of China: announced years exactly, later years as a marked prediction.

The State Council announces holidays and make-up workdays (调休) a year at a time, late in the year
before. `chinese_calendar` holds what was announced. A day beyond it is predicted from the statutory
holidays of the law alone and called provisional; such a prediction knows no make-up day.
All reckoning is on the Beijing clock. Workdays are counted once a year and kept, so that a moment
becomes a place on one line of working time, and back, without walking the days between.
"""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cache, lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from chinese_calendar import constants
from holidays.countries import China

BEIJING = ZoneInfo("Asia/Shanghai")
QUIET_FROM = time(20, 0)
QUIET_TO = time(8, 0)
ONE_DAY = timedelta(days=1)
SATURDAY = 5
COUNT_FROM = 2020

OfficeHours = tuple[tuple[str, str], ...]


class DayKind(StrEnum):
    """What a day is on the working calendar."""

    WORKDAY = "workday"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MAKE_UP = "make_up"

    @property
    def label(self) -> str:
        """The word people read."""
        return {"workday": "工作日", "weekend": "周末", "holiday": "节假日", "make_up": "调休上班"}[
            self.value
        ]


@cache
def known_until() -> date:
    """The last day of the last announced year."""
    return date(max(constants.holidays).year, 12, 31)


@cache
def known_from() -> date:
    """The first day of the first year that is kept."""
    return date(min(constants.holidays).year, 1, 1)


def is_provisional(day: date) -> bool:
    """Whether the calendar of this day is a prediction."""
    return not known_from() <= day <= known_until()


@lru_cache(maxsize=4096)
def day_kind(day: date) -> DayKind:
    """What this day is: workday, weekend, holiday or make-up workday."""
    if day in constants.workdays:
        return DayKind.MAKE_UP
    if day in constants.holidays or (is_provisional(day) and day in _statutory(day.year)):
        return DayKind.HOLIDAY
    return DayKind.WEEKEND if day.weekday() >= SATURDAY else DayKind.WORKDAY


@lru_cache(maxsize=64)
def _statutory(year: int) -> frozenset[date]:
    return frozenset(China(years=year))


def is_workday(day: date) -> bool:
    """Whether offices work on this day."""
    return day_kind(day) in (DayKind.WORKDAY, DayKind.MAKE_UP)


def next_workday(day: date) -> date:
    """This day if it is a workday, otherwise the first one after it."""
    while not is_workday(day):
        day += ONE_DAY
    return day


@dataclass(frozen=True, slots=True)
class Office:
    """Office hours as they are reckoned with: spans of a day since midnight, and their sum."""

    spans: tuple[tuple[timedelta, timedelta], ...]
    day: timedelta

    def open_by(self, clock: timedelta) -> timedelta:
        """For how long the office has been open on a workday when it is this time."""
        return sum(
            (min(clock, closes) - opens for opens, closes in self.spans if clock > opens),
            timedelta(0),
        )

    def when(self, worked: timedelta) -> timedelta:
        """The first time of day at which the office has been open for so long."""
        for opens, closes in self.spans:
            if worked <= closes - opens:
                return opens + worked
            worked -= closes - opens
        raise ValueError("longer than the office is open on a day")


@lru_cache(maxsize=64)
def office(office_hours: OfficeHours) -> Office:
    """These pairs of "HH:MM" as an `Office`. Raises `ValueError` for hours that never come."""
    spans = tuple(sorted((_since_midnight(a), _since_midnight(b)) for a, b in office_hours))
    apart = all(first[1] <= then[0] for first, then in pairwise(spans))
    if not spans or not apart or any(opens >= closes for opens, closes in spans):
        raise ValueError("office hours are pairs of HH:MM, each ending after it begins")
    return Office(spans, sum((closes - opens for opens, closes in spans), timedelta(0)))


def _since_midnight(clock: str) -> timedelta:
    then = time.fromisoformat(clock)
    return timedelta(hours=then.hour, minutes=then.minute)


def add_working(
    at: datetime, *, hours: float | None = None, days: int | None = None, office_hours: OfficeHours
) -> datetime:
    """The moment so many working hours, or working days, after `at`, on the Beijing clock.

    Hours run only while the office is open. Days are counted as offices do: the day of `at` does
    not count, and the time ends when the office closes on the last day. `office_hours` are pairs
    of "HH:MM" on working days. Exactly one of `hours` (≥ 0) and `days` (≥ 1) is given.
    """
    if hours is not None and days is None and hours >= 0:
        return add_time(at, timedelta(hours=hours), office_hours)
    if days is not None and hours is None and days >= 1:
        last = nth_workday(workdays_before(at.astimezone(BEIJING).date() + ONE_DAY) + days - 1)
        return _moment(last, office(office_hours).spans[-1][1])
    raise ValueError("add_working takes either hours >= 0 or days >= 1")


def add_time(at: datetime, more: timedelta, office_hours: OfficeHours) -> datetime:
    """The first moment at which the office has been open for so long (≥ 0) since `at`."""
    hours = office(office_hours)
    if not more:
        return _next_open(at.astimezone(BEIJING), hours)
    days, left = divmod(_worked(at, hours) + more, hours.day)
    if not left:
        days, left = days - 1, hours.day
    return _moment(nth_workday(days), hours.when(left))


def working_time(start: datetime, end: datetime, office_hours: OfficeHours) -> timedelta:
    """For how long the office is open between two moments; negative when `end` is earlier."""
    hours = office(office_hours)
    return _worked(end, hours) - _worked(start, hours)


def _worked(at: datetime, hours: Office) -> timedelta:
    """Working time since the beginning of the count; outside office hours it stands still."""
    local = at.astimezone(BEIJING)
    day = local.date()
    before = workdays_before(day) * hours.day
    if not is_workday(day):
        return before
    return before + hours.open_by(local.replace(tzinfo=None) - datetime.combine(day, time.min))


def _next_open(local: datetime, hours: Office) -> datetime:
    day = local.date()
    for opens, closes in hours.spans if is_workday(day) else ():
        if local <= _moment(day, closes):
            return max(local, _moment(day, opens))
    return _moment(next_workday(day + ONE_DAY), hours.spans[0][0])


def workdays_before(day: date) -> int:
    """How many workdays lie between the beginning of the count and this day, which is left out."""
    return _before_year(day.year) + bisect_left(_workdays_of(day.year), day)


def nth_workday(number: int) -> date:
    """The workday with so many before it: the way back from `workdays_before`."""
    year = COUNT_FROM + number // 250
    while _before_year(year) > number:
        year -= 1
    while _before_year(year + 1) <= number:
        year += 1
    return _workdays_of(year)[number - _before_year(year)]


@cache
def _workdays_of(year: int) -> tuple[date, ...]:
    first = date(year, 1, 1).toordinal()
    days = map(date.fromordinal, range(first, date(year, 12, 31).toordinal() + 1))
    return tuple(day for day in days if is_workday(day))


@cache
def _before_year(year: int) -> int:
    if year == COUNT_FROM:
        return 0
    if year > COUNT_FROM:
        return _before_year(year - 1) + len(_workdays_of(year - 1))
    return _before_year(year + 1) - len(_workdays_of(year))


def _moment(day: date, since_midnight: timedelta) -> datetime:
    return datetime.combine(day, time.min, tzinfo=BEIJING) + since_midnight


def quiet_until(at: datetime) -> datetime | None:
    """When staff may next be written to; None when they may be written to now.

    Quiet are 20:00 to 08:00 and every day that is not a workday.
    """
    local = at.astimezone(BEIJING)
    today = local.date()
    if is_workday(today) and QUIET_TO <= local.time() < QUIET_FROM:
        return None
    first = today if local.time() < QUIET_TO else today + ONE_DAY
    return datetime.combine(next_workday(first), QUIET_TO, tzinfo=BEIJING)


def promise_text(at: datetime, now: datetime) -> str:
    """A computed time as a promise: 「今天 16:30 前」, 「明天 10:30 前」, 「11月27日 18:00 前」."""
    then, today = at.astimezone(BEIJING), now.astimezone(BEIJING).date()
    clock = f"{then:%H:%M} 前"
    ahead = (then.date() - today).days
    if ahead in (0, 1):
        return f"{'明天' if ahead else '今天'} {clock}"
    day = f"{then.month}月{then.day}日 {clock}"
    return day if then.year == today.year else f"{then.year}年{day}"
