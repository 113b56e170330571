"""The arithmetic of a clock against a model that walks minute by minute."""

from datetime import datetime, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.clocks import slow
from tests.clocks.slow import BEIJING, OFFICE, moment
from yizhan.base.actor import Actor, Kind
from yizhan.clocks import rules
from yizhan.clocks.allowances import Allowance
from yizhan.clocks.calendar import add_time, nth_workday, workdays_before, working_time
from yizhan.clocks.models import Clock, Extension, Reason
from yizhan.clocks.rules import Light

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def clock(start, *, minutes=0, days=0):
    """A clock of so many working minutes or days, just begun."""
    given = Allowance(days or minutes, "days" if days else "minutes")
    one = Clock(kind="resolve", started_at=start, amount=given.amount, unit=given.unit, round=1)
    rules.wind(one, None, OFFICE)
    return one


def pause(one, since, until):
    one.paused_at, one.paused_for = since, Reason.RESIDENT
    return rules.go_on(one, until, OFFICE)


moments = st.datetimes(
    datetime.fromisoformat("2024-01-02"),
    datetime.fromisoformat("2027-10-20"),
    timezones=st.just(BEIJING),
).map(lambda at: at.replace(second=0, microsecond=0))
allowances = st.one_of(
    st.fixed_dictionaries({"minutes": st.integers(1, 900)}),
    st.fixed_dictionaries({"days": st.integers(1, 15)}),
)
gaps = st.integers(1, 4 * 24 * 60).map(lambda minutes: minutes * MINUTE)


def slow_light(at, start, need, pauses):
    """How a clock of so many minutes stands, counted minute by minute."""
    free = [(a, min(b, at)) for a, b in pauses if a < at]
    used = slow.open_between(start, at) - sum(slow.open_between(a, b) for a, b in free)
    if used >= need:
        return Light.RED
    return Light.AMBER if used >= 0.6 * need else Light.GREEN


@given(moments, allowances)
def test_due_against_the_slow_model(start, length):
    assert clock(start, **length).due_at == slow.after(start, slow.needed(start, **length))


@given(moments, gaps)
def test_working_time_against_the_slow_model(start, gap):
    end = start + gap

    assert working_time(start, end, OFFICE) == slow.open_between(start, end) * MINUTE
    assert working_time(end, start, OFFICE) == -working_time(start, end, OFFICE)


@settings(max_examples=100)
@given(moments, allowances, gaps, gaps, gaps, gaps)
def test_pauses_against_the_slow_model(start, length, to_first, first, to_second, second):
    one, need = clock(start, **length), slow.needed(start, **length)
    a = start + to_first
    b = a + first + to_second
    pauses = ((a, a + first), (b, b + second))
    for since, until in pauses:
        pause(one, since, until)

    due = slow.after(start, need, pauses)
    assert one.due_at == due
    assert one.paused == sum(
        (slow.open_between(x, y) * MINUTE for x, y in pauses if x < due), timedelta(0)
    )


@settings(max_examples=100)
@given(moments, allowances, gaps, gaps, gaps)
def test_the_light_against_the_slow_model(start, length, to_pause, paused, later):
    one, need = clock(start, **length), slow.needed(start, **length)
    since = start + to_pause
    until = since + paused
    assume(since < one.due_at)
    for at in (start, start + to_pause / 2, since):
        assert rules.light(one, at) == slow_light(at.replace(second=0), start, need, ())
    pause(one, since, until)

    assert rules.light(one, until + later) == slow_light(
        until + later, start, need, ((since, until),)
    )


@given(moments, allowances, st.integers(1, 5), gaps, gaps)
def test_a_pause_and_an_extension_come_to_the_same_in_either_order(start, length, days, gap, long):
    one, other = clock(start, **length), clock(start, **length)
    assume(start + gap < one.due_at)
    pause(one, start + gap, start + gap + long)
    rules.lengthen(one, days, OFFICE)
    rules.lengthen(other, days, OFFICE)
    pause(other, start + gap, start + gap + long)

    assert one.due_at == other.due_at
    assert one.due_at == rules.reckoned(one, OFFICE)


@given(moments, allowances, st.floats(0.01, 1))
def test_the_moment_of_a_share_has_that_share(start, length, share):
    one = clock(start, **length)
    then = rules.moment_of(one, share, OFFICE)

    assert one.started_at <= then <= one.due_at + MINUTE
    assert rules.read(one, then, OFFICE).share == pytest.approx(share, abs=1e-6)


@given(moments)
def test_a_day_and_its_number_belong_together(at):
    day = at.date()
    while not slow.works(day):
        day += slow.DAY

    assert nth_workday(workdays_before(day)) == day
    assert nth_workday(workdays_before(day) + 1) == slow.nth_day(day, 1)


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        ("2026-09-30 16:00", 3, "2026-10-10 18:00"),
        ("2026-02-13 17:00", 5, "2026-02-27 18:00"),
        ("2026-02-13 17:00", 1, "2026-02-14 18:00"),
        ("2026-02-13 17:00", 6, "2026-02-28 18:00"),
        ("2027-02-04 17:00", 3, "2027-02-15 18:00"),
    ],
)
def test_the_promises_that_others_got_wrong(start, days, due):
    assert clock(moment(start), days=days).due_at == moment(due)


def test_amber_at_six_tenths_and_red_at_the_end():
    one = clock(moment("2026-11-23 09:00"), minutes=300)

    assert rules.light(one, moment("2026-11-23 11:59")) == Light.GREEN
    assert rules.light(one, moment("2026-11-23 12:00")) == Light.AMBER
    assert rules.light(one, moment("2026-11-23 15:59")) == Light.AMBER
    assert rules.light(one, moment("2026-11-23 16:00")) == Light.RED
    shown = rules.read(one, moment("2026-11-23 14:30"), OFFICE)
    assert (shown.share, shown.left) == (0.7, 1.5 * HOUR)


def test_outside_office_hours_nothing_is_used():
    one = clock(moment("2026-11-23 09:00"), minutes=300)

    assert rules.used_time(one, moment("2026-11-23 13:59"), OFFICE) == 3 * HOUR
    other = clock(moment("2026-11-21 09:00"), minutes=60)
    assert rules.used_time(other, moment("2026-11-23 08:30"), OFFICE) == timedelta(0)
    assert other.due_at == moment("2026-11-23 09:30")


def test_a_paused_clock_shows_what_it_showed():
    one = clock(moment("2026-11-23 09:00"), minutes=300)
    one.paused_at, one.paused_for = moment("2026-11-23 10:00"), Reason.RESIDENT

    late = moment("2026-11-30 10:00")
    assert rules.read(one, late, OFFICE) == rules.Reading(Light.PAUSED, 0.2, 4 * HOUR)
    assert pause(one, moment("2026-11-23 10:00"), late) == 37.5 * HOUR
    assert one.due_at == moment("2026-11-30 16:00")


def test_a_pause_after_the_due_mends_nothing():
    one = clock(moment("2026-11-23 09:00"), minutes=60)
    one.paused_at, one.paused_for = moment("2026-11-23 11:00"), Reason.RESIDENT

    assert rules.light(one, moment("2026-11-24 11:00")) == Light.RED
    assert pause(one, moment("2026-11-23 11:00"), moment("2026-11-24 11:00")) == timedelta(0)
    assert one.due_at == moment("2026-11-23 10:00")


def test_what_ended_stands():
    one = clock(moment("2026-11-23 09:00"), minutes=60)
    one.met_at = moment("2026-11-23 10:00")
    assert rules.read(one, moment("2026-12-01 10:00"), OFFICE).light == Light.MET
    one.met_at += MINUTE
    assert rules.read(one, moment("2026-12-01 10:00"), OFFICE).light == Light.LATE
    one.met_at, one.stopped_at = None, moment("2026-11-23 10:30")
    assert rules.read(one, moment("2026-12-01 10:00"), OFFICE).light == Light.STOPPED


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "不到 1 分钟"),
        (40, "40 分钟"),
        (130, "2 小时 10 分钟"),
        (-450, "1 天"),
        (3 * 450 + 61, "3 天 1 小时"),
    ],
)
def test_working_time_in_words(minutes, words):
    assert rules.in_words(minutes * MINUTE, OFFICE) == words


def test_beyond_the_calendar_the_due_is_provisional():
    assert clock(moment("2027-02-04 17:00"), days=3).is_provisional
    assert clock(moment("2026-12-30 17:00"), days=5).is_provisional
    assert not clock(moment("2026-12-22 17:00"), days=5).is_provisional


def test_time_that_is_asked_for_comes_after_the_due():
    one = clock(moment("2026-11-23 09:00"), days=5)
    rules.lengthen(one, 5, OFFICE)

    assert one.due_at == moment("2026-12-07 18:00")
    assert one.due_at == add_time(moment("2026-11-30 18:00"), 5 * 7.5 * HOUR, OFFICE)


START = moment("2026-11-23 09:00")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"days": 1}, ""),
        ({"days": 5}, ""),
        ({"days": 0}, "too_long"),
        ({"days": 6}, "too_long"),
        ({"days": 1, "waiting": 1}, "asked_once"),
        ({"days": 1, "extra": 2}, "asked_once"),
        ({"days": 1, "met": START + HOUR}, "no_clock"),
        ({"days": 1, "at": START + 10 * HOUR}, "too_late"),
    ],
)
def test_who_may_ask_for_more_time(given, code):
    one = clock(START, minutes=300)
    given = dict(given)
    one.extra_days, one.asked_days = given.pop("extra", 0), given.pop("waiting", 0)
    one.met_at = given.pop("met", None)

    assert rules.can_ask_extension(one, given.pop("at", START), **given).code == code
    assert rules.can_ask_extension(None, START, days=1).code == "no_clock"


@pytest.mark.parametrize(
    ("person", "state", "met", "code"),
    [
        (2, "asked", None, ""),
        (1, "asked", None, "own_request"),
        (None, "asked", None, "own_request"),
        (2, "granted", None, "wrong_state"),
        (2, "asked", START, "no_clock"),
    ],
)
def test_a_second_person_decides(person, state, met, code):
    one = clock(START, minutes=300)
    one.met_at = met
    asked = Extension(clock=one, state=state, asked_by_id=1, days=2, asked_at=START)
    by = Actor(Kind.PERSON, person_id=person)

    assert rules.can_decide_extension(asked, by).code == code
