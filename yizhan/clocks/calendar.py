"""The working calendar of China: announced years exactly, later years as a marked prediction.

The State Council announces holidays and make-up workdays (调休) a year at a time, late in the year
before. `chinese_calendar` holds what was announced. A day beyond it is predicted from the statutory
holidays of the law alone and called provisional; such a prediction knows no make-up day.
All reckoning is on the Beijing clock.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from chinese_calendar import constants
from holidays.countries import China

BEIJING = ZoneInfo("Asia/Shanghai")
QUIET_FROM = time(20, 0)
QUIET_TO = time(8, 0)
ONE_DAY = timedelta(days=1)
SATURDAY = 5

OfficeHours = Sequence[tuple[str, str]]


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


def add_working(
    at: datetime, *, hours: float | None = None, days: int | None = None, office_hours: OfficeHours
) -> datetime:
    """The moment so many working hours, or working days, after `at`, on the Beijing clock.

    Hours run only while the office is open. Days are counted as offices do: the day of `at` does
    not count, and the time ends when the office closes on the last day. `office_hours` are pairs
    of "HH:MM" on working days. Exactly one of `hours` (≥ 0) and `days` (≥ 1) is given.
    """
    local = at.astimezone(BEIJING)
    if hours is not None and days is None and hours >= 0:
        return _after_hours(local, timedelta(hours=hours), office_hours)
    if days is not None and hours is None and days >= 1:
        return _after_days(local.date(), days, office_hours)
    raise ValueError("add_working takes either hours >= 0 or days >= 1")


def _after_hours(local: datetime, left: timedelta, office_hours: OfficeHours) -> datetime:
    for opens, closes in _office_spans(local.date(), office_hours):
        begins = max(opens, local)
        if begins > closes:
            continue
        if left <= closes - begins:
            return begins + left
        left -= closes - begins
    raise AssertionError("the working calendar has no end")


def _after_days(day: date, left: int, office_hours: OfficeHours) -> datetime:
    while left:
        day = next_workday(day + ONE_DAY)
        left -= 1
    return _moment(day, max(closes for _, closes in office_hours))


def _office_spans(day: date, office_hours: OfficeHours) -> Iterator[tuple[datetime, datetime]]:
    spans = sorted(office_hours)
    if not spans or any(opens >= closes for opens, closes in spans):
        raise ValueError("office hours are pairs of HH:MM, each ending after it begins")
    while True:
        day = next_workday(day)
        for opens, closes in spans:
            yield _moment(day, opens), _moment(day, closes)
        day += ONE_DAY


def _moment(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), tzinfo=BEIJING)


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
