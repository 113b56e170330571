"""The hours engine: right on every holiday and make-up day, past midnight, round the clock."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yizhan.clocks.calendar import DayKind, day_kind
from yizhan.places.hours import (
    Calendar,
    Exceptional,
    Schedule,
    Span,
    State,
    Weekly,
    clash,
    spans_on,
    state_at,
    timeline,
)
from yizhan.places.rows import BadValueError, read_hours
from yizhan.places.week import regular_week, week_of

BEIJING = ZoneInfo("Asia/Shanghai")
OFFICE = read_hours("1-5 08:30-12:00,14:00-18:00")
WORKDAYS = Schedule(Calendar.WORKDAYS, OFFICE)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BEIJING)


def state(schedule: Schedule, text: str) -> State:
    return state_at(SimpleNamespace(schedule=schedule), moment(text))


def test_open_until_and_opens_next() -> None:
    assert state(WORKDAYS, "2026-11-23 09:00").until == moment("2026-11-23 12:00")
    lunch = state(WORKDAYS, "2026-11-23 12:00")
    assert (lunch.is_open, lunch.opens_at) == (False, moment("2026-11-23 14:00"))
    assert state(WORKDAYS, "2026-11-20 19:00").text == "11月23日 08:30 开"
    assert state(WORKDAYS, "2026-11-22 19:00").text == "明天 08:30 开"


def test_zero_wrong_days_of_2024_to_2026() -> None:
    """「周一至周五，节假日不开」 agrees with the announced calendar on every day."""
    day = date(2024, 1, 1)
    while day <= date(2026, 12, 31):
        works = day_kind(day) in (DayKind.WORKDAY, DayKind.MAKE_UP)
        assert bool(spans_on(WORKDAYS, day)) is works, day
        day += timedelta(days=1)


@pytest.mark.parametrize(
    ("calendar", "day", "opens"),
    [
        (Calendar.WORKDAYS, "2026-10-01", []),
        (Calendar.WORKDAYS, "2026-10-10", [510, 840]),
        (Calendar.DAILY, "2026-10-01", [510, 840]),
        (Calendar.DAILY, "2026-10-10", []),
        (Calendar.APART, "2026-10-01", [600]),
        (Calendar.APART, "2026-10-10", [510, 840]),
        (Calendar.APART, "2026-10-11", []),
    ],
)
def test_the_three_ways_with_the_calendar(calendar: Calendar, day: str, opens: list[int]) -> None:
    holidays = (Weekly("8", Span(600, 960)),) if calendar is Calendar.APART else ()
    schedule = Schedule(calendar, OFFICE + holidays)
    assert [span.opens for span in spans_on(schedule, date.fromisoformat(day))] == opens


def test_closed_on_a_holiday_says_so() -> None:
    answer = state(WORKDAYS, "2026-10-01 10:00")
    assert answer.text == "节假日，10月8日 08:30 开"


def test_past_midnight() -> None:
    late = Schedule(Calendar.DAILY, read_hours("1-7 16:00-02:00"))
    assert state(late, "2026-11-23 01:00").until == moment("2026-11-23 02:00")
    assert state(late, "2026-11-23 23:00").text == "至 明天 02:00"
    assert state(late, "2026-11-23 02:00").opens_at == moment("2026-11-23 16:00")
    assert str(Span(960, 1560)) == "16:00–次日 02:00"


def test_round_the_clock() -> None:
    always = Schedule(Calendar.DAILY, read_hours("1-7 00:00-24:00"))
    answer = state(always, "2026-11-23 03:00")
    assert (answer.is_open, answer.until, answer.text) == (True, None, "全天")


def test_until_midnight_reads_2400() -> None:
    evening = Schedule(Calendar.DAILY, read_hours("1 08:00-24:00"))
    assert state(evening, "2026-11-23 20:00").text == "至 24:00"


def test_closed_with_a_reason_then_open_again() -> None:
    closing = Exceptional(date(2026, 11, 23), date(2026, 11, 24), (), "停水检修")
    schedule = replace(WORKDAYS, exceptions=(closing,))
    assert state(schedule, "2026-11-23 10:00").text == "停水检修，11月25日 08:30 开"
    assert state(schedule, "2026-11-25 10:00").is_open


def test_other_hours_on_a_date() -> None:
    evening = Exceptional(date(2026, 11, 22), date(2026, 11, 22), (Span(1080, 1260),), "延时服务")
    schedule = replace(WORKDAYS, exceptions=(evening,))
    assert state(schedule, "2026-11-22 19:00").until == moment("2026-11-22 21:00")


def test_reopened_early_holds_from_that_moment() -> None:
    ended = moment("2026-11-23 10:00")
    closing = Exceptional(date(2026, 11, 23), date(2026, 11, 24), (), "停水检修", ended)
    schedule = replace(WORKDAYS, exceptions=(closing,))
    assert not state(schedule, "2026-11-23 09:00").is_open
    assert state(schedule, "2026-11-23 10:00").until == moment("2026-11-23 12:00")
    assert state(schedule, "2026-11-24 09:00").is_open


def test_a_new_closing_beats_one_that_was_ended_the_same_day() -> None:
    ended = moment("2026-11-23 10:00")
    schedule = replace(
        WORKDAYS,
        exceptions=(
            Exceptional(date(2026, 11, 23), date(2026, 11, 23), (), "停水", ended),
            Exceptional(date(2026, 11, 23), date(2026, 11, 23), (), "停电"),
        ),
    )
    assert state(schedule, "2026-11-23 15:00").reason == "停电"


def test_not_running_says_why() -> None:
    answer = state(replace(WORKDAYS, halted="建设中"), "2026-11-23 10:00")
    assert (answer.is_open, answer.text) == (False, "建设中")


def test_never_open_has_no_next_opening() -> None:
    assert state(Schedule(Calendar.DAILY, ()), "2026-11-23 10:00").text == ""


def test_a_year_not_announced_is_marked() -> None:
    assert state(WORKDAYS, "2027-02-22 10:00").provisional
    assert not state(WORKDAYS, "2026-11-23 10:00").provisional


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("1-5 08:30-12:00; 3 11:00-18:00", "周三 08:30–12:00 与周三 11:00–18:00 重叠"),
        ("1 16:00-02:00; 2 01:00-05:00", "周一 16:00–次日 02:00 与周二 01:00–05:00 重叠"),
        ("7 16:00-02:00; 1 01:00-05:00", "周日 16:00–次日 02:00 与周一 01:00–05:00 重叠"),
        ("8 08:00-12:00; 8 11:00-12:00", "节假日 08:00–12:00 与节假日 11:00–12:00 重叠"),
    ],
)
def test_overlapping_input_is_refused_and_named(text: str, named: str) -> None:
    with pytest.raises(BadValueError, match="重叠") as caught:
        read_hours(text)
    assert named in str(caught.value)


@pytest.mark.parametrize(
    "text",
    ["1-5", "0 08:00-09:00", "5-1 08:00-09:00", "1 8:00-9:00", "1 08:70-09:00", "1 25:00-26:00"],
)
def test_hours_that_cannot_be_read(text: str) -> None:
    with pytest.raises(BadValueError):
        read_hours(text)


def test_touching_spans_do_not_overlap() -> None:
    assert clash(read_hours("1-7 00:00-24:00")) == ""
    assert clash(read_hours("1 08:00-12:00,12:00-18:00; 8 08:00-12:00")) == ""


def test_this_week_with_the_exception_and_today() -> None:
    closing = Exceptional(date(2026, 11, 24), date(2026, 11, 24), (), "停水检修")
    rows = week_of(replace(WORKDAYS, exceptions=(closing,)), date(2026, 11, 22))
    assert [row.day.day for row in rows] == list(range(16, 23))
    assert [row.weekday for row in rows if row.is_today] == ["周日"]
    rows = week_of(replace(WORKDAYS, exceptions=(closing,)), date(2026, 11, 24))
    assert (rows[1].spans, rows[1].reason) == ((), "停水检修")


def test_the_usual_week_for_the_plate() -> None:
    apart = Schedule(Calendar.APART, read_hours("1-5 08:30-18:00; 6-7 09:00-17:00; 8 10:00-12:00"))
    assert [row.days for row in regular_week(apart)] == ["周一至周五", "周六至周日", "节假日"]
    always = Schedule(Calendar.DAILY, read_hours("1-7 00:00-24:00"))
    assert [(row.days, str(row.spans[0])) for row in regular_week(always)] == [("每天", "全天")]


weekly = st.lists(
    st.tuples(st.sampled_from("1234567"), st.integers(0, 1439), st.integers(1, 1440)), max_size=6
).map(lambda rows: tuple(Weekly(day, Span(opens, opens + more)) for day, opens, more in rows))
schedules = st.builds(Schedule, st.sampled_from(Calendar), weekly)
moments = st.datetimes(
    datetime.fromisoformat("2026-01-01"),
    datetime.fromisoformat("2027-06-01"),
    timezones=st.just(BEIJING),
)


@given(schedules, st.dates(date(2026, 1, 1), date(2027, 6, 1)))
def test_the_timeline_is_ordered_and_never_overlaps(schedule: Schedule, day: date) -> None:
    openings = list(timeline(schedule, day, 15))
    assert all(one.opens < one.closes for one in openings)
    assert all(one.closes < two.opens for one, two in pairwise(openings))


def slow_is_open(schedule: Schedule, at: datetime) -> bool:
    """Whether any span of today or yesterday holds this minute."""
    for back in (0, 1):
        day = at.date() - timedelta(days=back)
        minute = at.hour * 60 + at.minute + back * 1440
        if any(span.opens <= minute < span.closes for span in spans_on(schedule, day)):
            return True
    return False


@given(schedules, moments)
def test_the_answer_agrees_with_a_slow_model(schedule: Schedule, at: datetime) -> None:
    at = at.replace(second=0, microsecond=0)
    answer = state_at(SimpleNamespace(schedule=schedule), at)
    assert answer.is_open is slow_is_open(schedule, at)
    change = answer.until or answer.opens_at
    if change:
        assert slow_is_open(schedule, change) is not answer.is_open
        assert slow_is_open(schedule, change - timedelta(minutes=1)) is answer.is_open
