"""A model of working time that walks minute by minute, from the notices of the State Council.

It shares nothing with the product but the question. Beyond the notices it knows the days of the law
by hand: statutory days of 2027, each weekend one moved to the next day that is free of them.
"""

from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

BEIJING = ZoneInfo("Asia/Shanghai")
OFFICE = (("08:30", "12:00"), ("14:00", "18:00"))
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
OPEN = range(8 * 60 + 30, 12 * 60), range(14 * 60, 18 * 60)

# First and last day off, and the make-up workdays, of each notice of the State Council.
NOTICES: dict[int, tuple[tuple[str, ...], tuple[str, ...]]] = {
    2024: (
        ("01-01/01-01", "02-10/02-17", "04-04/04-06", "05-01/05-05", "06-10/06-10"),
        ("02-04", "02-18", "04-07", "04-28", "05-11", "09-14", "09-29", "10-12"),
    ),
    2025: (
        ("01-01/01-01", "01-28/02-04", "04-04/04-06", "05-01/05-05", "05-31/06-02"),
        ("01-26", "02-08", "04-27", "09-28", "10-11"),
    ),
    2026: (
        ("01-01/01-03", "02-15/02-23", "04-04/04-06", "05-01/05-05", "06-19/06-21"),
        ("01-04", "02-14", "02-28", "05-09", "09-20", "10-10"),
    ),
}
AUTUMN = {
    2024: ("09-15/09-17", "10-01/10-07"),
    2025: ("10-01/10-08",),
    2026: ("09-25/09-27", "10-01/10-07"),
}
LAW_2027 = (
    "01-01/01-01", "02-05/02-10", "04-05/04-05", "05-01/05-04", "06-09/06-09", "09-15/09-15",
    "10-01/10-05",
)  # fmt: skip


def moment(text: str) -> datetime:
    """A moment on the Beijing clock."""
    return datetime.fromisoformat(text).replace(tzinfo=BEIJING)


@lru_cache
def notice_days(year: int) -> tuple[set[date], set[date]]:
    """The days off and the make-up workdays of one year."""
    ranges, make_up = NOTICES.get(year, (LAW_2027, ()))
    off: set[date] = set()
    for pair in ranges + AUTUMN.get(year, ()):
        day, last = (date.fromisoformat(f"{year}-{end}") for end in pair.split("/"))
        while day <= last:
            off.add(day)
            day += DAY
    return off, {date.fromisoformat(f"{year}-{day}") for day in make_up}


def works(day: date) -> bool:
    """Whether offices work on this day."""
    off, make_up = notice_days(day.year)
    return day in make_up or (day not in off and day.weekday() < 5)


def minutes_of(day: date) -> list[datetime]:
    """The minutes of this day at whose beginning the office is open."""
    if not works(day):
        return []
    midnight = datetime(day.year, day.month, day.day, tzinfo=BEIJING)
    return [midnight + number * MINUTE for span in OPEN for number in span]


def open_between(start: datetime, end: datetime) -> int:
    """How many minutes the office is open."""
    day, count = start.date(), 0
    while day <= end.date():
        count += sum(start <= minute < end for minute in minutes_of(day))
        day += DAY
    return count


def after(start: datetime, minutes: int, pauses: tuple[tuple[datetime, datetime], ...] = ()):
    """The end of the last of so many open minutes since start, without those of the pauses."""
    day = start.date()
    while True:
        for minute in minutes_of(day):
            if minute < start or any(a <= minute < b for a, b in pauses):
                continue
            minutes -= 1
            if minutes == 0:
                return minute + MINUTE
        day += DAY


def nth_day(day: date, count: int) -> date:
    """The workday so many workdays later."""
    while count:
        day += DAY
        count -= works(day)
    return day


def needed(start: datetime, minutes: int = 0, days: int = 0) -> int:
    """How many open minutes an allowance is that begins here."""
    if minutes:
        return minutes
    last = nth_day(start.date(), days)
    return open_between(start, datetime(last.year, last.month, last.day, 18, tzinfo=BEIJING))
