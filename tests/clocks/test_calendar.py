"""The working calendar against the State Council's notices and a slow model of our own."""

from datetime import date, datetime, timedelta

import pytest
from holidays.countries import China
from hypothesis import given
from hypothesis import strategies as st

from tests.clocks.slow import BEIJING, DAY, OFFICE, moment, notice_days, nth_day, works
from yizhan.clocks.calendar import (
    DayKind,
    add_working,
    day_kind,
    is_provisional,
    is_workday,
    known_until,
    next_workday,
    promise_text,
    quiet_until,
)

QUARTER = timedelta(minutes=15)


def days_of(first: int, last: int) -> list[date]:
    start = date(first, 1, 1)
    return [start + n * DAY for n in range((date(last, 12, 31) - start).days + 1)]


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_every_day_of_the_notices(year: int) -> None:
    off, make_up = notice_days(year)
    for day in days_of(year, year):
        expected = day in make_up or (day not in off and day.weekday() < 5)
        assert is_workday(day) is expected, day
        assert (day_kind(day) is DayKind.MAKE_UP) is (day in make_up), day
        assert (day_kind(day) is DayKind.HOLIDAY) is (day in off), day


def test_agrees_with_another_library() -> None:
    other = China(years=[2024, 2025, 2026])
    days = days_of(2024, 2026)
    assert [day for day in days if other.is_working_day(day) != is_workday(day)] == []


def slow_open(at: datetime) -> bool:
    """Whether the quarter of an hour that begins here is office time."""
    return works(at.date()) and any(opens <= f"{at:%H:%M}" < closes for opens, closes in OFFICE)


def slow_hours(at: datetime, quarters: int) -> datetime:
    while quarters:
        quarters -= slow_open(at)
        at += QUARTER
    return at


@pytest.mark.parametrize("count", [1, 3, 5])
def test_days_from_every_day_against_the_slow_model(count: int) -> None:
    for day in days_of(2024, 2026)[:-20]:
        at = datetime(day.year, day.month, day.day, 16, tzinfo=BEIJING)
        due = add_working(at, days=count, office_hours=OFFICE)
        assert due == moment(f"{nth_day(day, count)} 18:00"), day


@pytest.mark.parametrize(("hour", "quarters"), [(7, 1), (10, 16), (13, 31), (19, 8)])
def test_hours_from_every_day_against_the_slow_model(hour: int, quarters: int) -> None:
    for day in days_of(2024, 2026)[:-20]:
        at = datetime(day.year, day.month, day.day, hour, tzinfo=BEIJING)
        due = add_working(at, hours=quarters / 4, office_hours=OFFICE)
        assert due == slow_hours(at, quarters), day


def test_before_the_national_day() -> None:
    due = add_working(moment("2026-09-30 16:00"), days=3, office_hours=OFFICE)
    assert due == moment("2026-10-10 18:00")


def test_before_the_spring_festival() -> None:
    due = add_working(moment("2026-02-13 17:00"), days=5, office_hours=OFFICE)
    assert due == moment("2026-02-27 18:00")


def test_four_hours_over_the_lunch_break_and_the_night() -> None:
    at = moment("2026-11-23 10:30")
    assert add_working(at, hours=4, office_hours=OFFICE) == moment("2026-11-23 16:30")
    assert add_working(at, hours=6, office_hours=OFFICE) == moment("2026-11-24 09:00")


@pytest.mark.parametrize("given", [{}, {"hours": 1, "days": 1}, {"hours": -1}, {"days": 0}])
def test_asks_for_hours_or_days(given: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="either"):
        add_working(moment("2026-11-23 10:30"), office_hours=OFFICE, **given)


@pytest.mark.parametrize("office", [(), (("12:00", "08:30"),)])
def test_refuses_office_hours_that_never_come(office: tuple[tuple[str, str], ...]) -> None:
    with pytest.raises(ValueError, match="office hours"):
        add_working(moment("2026-11-23 10:30"), hours=1, office_hours=office)


def test_a_year_not_announced_is_predicted_and_marked() -> None:
    assert known_until() >= date(2026, 12, 31)
    day = known_until() + timedelta(days=400)
    assert is_provisional(day)
    assert not is_provisional(known_until())


def test_the_clock_runs_in_february_2027() -> None:
    at = moment("2027-02-04 17:00")
    due = add_working(at, days=3, office_hours=OFFICE)
    assert is_workday(due.date())
    assert due.date() > date(2027, 2, 10)
    if known_until() < date(2027, 2, 4):
        assert is_provisional(at.date())
        assert day_kind(date(2027, 2, 6)) is DayKind.HOLIDAY
        assert due == moment("2027-02-15 18:00")
        assert day_kind(date(2027, 2, 14)) is DayKind.WEEKEND


@pytest.mark.parametrize(
    ("at", "until"),
    [
        ("2026-11-23 07:59", "2026-11-23 08:00"),
        ("2026-11-23 08:00", None),
        ("2026-11-23 19:59", None),
        ("2026-11-23 20:00", "2026-11-24 08:00"),
        ("2026-11-21 10:00", "2026-11-23 08:00"),
        ("2026-10-10 10:00", None),
        ("2026-09-30 21:00", "2026-10-08 08:00"),
    ],
)
def test_quiet_hours_of_staff(at: str, until: str | None) -> None:
    assert quiet_until(moment(at)) == (moment(until) if until else None)


@pytest.mark.parametrize(
    ("at", "text"),
    [
        ("2026-11-25 16:30", "今天 16:30 前"),
        ("2026-11-26 10:30", "明天 10:30 前"),
        ("2026-11-27 18:00", "11月27日 18:00 前"),
        ("2027-01-04 18:00", "2027年1月4日 18:00 前"),
    ],
)
def test_promises_are_computed_times(at: str, text: str) -> None:
    assert promise_text(moment(at), moment("2026-11-25 09:00")) == text


moments = st.datetimes(
    datetime.fromisoformat("2024-01-01"),
    datetime.fromisoformat("2027-12-01"),
    timezones=st.just(BEIJING),
).map(lambda at: at.replace(second=0, microsecond=0))
quarters = st.integers(0, 200)
counts = st.integers(1, 30)


@given(moments, moments, quarters, counts)
def test_later_in_is_never_earlier_out(a: datetime, b: datetime, n: int, days: int) -> None:
    first, second = sorted((a, b))
    for due in (
        lambda at: add_working(at, hours=n / 4, office_hours=OFFICE),
        lambda at: add_working(at, days=days, office_hours=OFFICE),
    ):
        assert due(first) <= due(second)


@given(moments, quarters)
def test_lands_in_office_hours(at: datetime, n: int) -> None:
    due = add_working(at, hours=n / 4, office_hours=OFFICE)
    assert due >= at
    assert is_workday(due.date())
    assert any(opens <= f"{due:%H:%M}" <= closes for opens, closes in OFFICE)


@given(moments, quarters, quarters)
def test_hours_add_up(at: datetime, a: int, b: int) -> None:
    first = add_working(at, hours=a / 4, office_hours=OFFICE)
    assert add_working(first, hours=b / 4, office_hours=OFFICE) == add_working(
        at, hours=(a + b) / 4, office_hours=OFFICE
    )


@given(moments, counts, counts)
def test_days_add_up(at: datetime, a: int, b: int) -> None:
    first = add_working(at, days=a, office_hours=OFFICE)
    assert add_working(first, days=b, office_hours=OFFICE) == add_working(
        at, days=a + b, office_hours=OFFICE
    )


@given(moments)
def test_quiet_ends_when_nobody_sleeps(at: datetime) -> None:
    until = quiet_until(at)
    assert until is None or (until > at and quiet_until(until) is None)
    assert next_workday(at.date()) >= at.date()
