"""The mechanism: periods, values and their words, and what cannot be registered."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from yizhan.base import metrics
from yizhan.base.metrics import REGISTRY, Blocked, Extent, Kind, Metric, Period, Value, blocked

WEEK = Period.around("week", date(2026, 11, 22))
AT = datetime(2026, 11, 22, 4, tzinfo=UTC)


def nothing(extent, periods, at):
    return [Value(Decimal(0), 0, {}, period, at) for period in periods]


SOLD = Metric(
    "lamps_mended", "修灯率", Kind.RATE, "路灯", "件", "修好的", "坏的", "", WEEK.first, nothing
)


@pytest.fixture(autouse=True)
def own_registry(monkeypatch):
    monkeypatch.setattr(metrics, "REGISTRY", {})


def value(numerator, denominator, **excluded):
    return Value(Decimal(numerator), denominator, excluded, WEEK, AT)


def test_periods_of_one_kind_follow_each_other():
    assert [one.mark for one in metrics.past(WEEK, 3)] == ["11/2", "11/9", "11/16"]
    months = metrics.past(Period.around("month", date(2026, 1, 31)), 3)
    assert [one.words for one in months] == ["2025年11月", "2025年12月", "2026年1月"]
    assert [one.after for one in months[:-1]] == [one.first for one in months[1:]]


@pytest.mark.parametrize(
    ("kind", "one", "words"),
    [
        (Kind.RATE, value(9, 9), ""),
        (Kind.RATE, value(9, 10), "90.0 %"),
        (Kind.RATE, value("7.5", 12), "62.5 %"),
        (Kind.RATE, value(0, 0), ""),
        (Kind.COUNT, value(3, 0), "3 件"),
        (Kind.COUNT, value(0, 0), "0 件"),
        (Kind.COUNT, value(100, 0), "100 件"),
        (Kind.MEDIAN, value("5.50", 10), "5.5 件"),
        (Kind.MEDIAN, value("5.50", 9), ""),
    ],
)
def test_few_cases_give_no_rate_and_no_median(kind, one, words):
    assert replace(SOLD, kind=kind).words(one) == words
    assert (one.rate is None) == (one.denominator < 10)


def test_counts_that_would_tell_of_single_cases_stay_hidden():
    guarded = replace(SOLD, guarded=True)

    assert not guarded.shows(value(1, 4))
    assert guarded.shows(value(1, 5))
    assert SOLD.shows(value(1, 1))


@pytest.mark.parametrize(
    ("one", "interval"),
    [
        (value(8, 10), (0.4902, 0.9433)),  # as published for Wilson's score interval
        (value(0, 10), (0.0, 0.2775)),
        (value(10, 10), (0.7225, 1.0)),
        (value(50, 100), (0.4038, 0.5962)),
        (value(0, 0), (0.0, 1.0)),
    ],
)
def test_the_interval_of_a_share(one, interval):
    assert one.interval == pytest.approx(interval, abs=1e-4)


def test_a_difference_counts_when_chance_does_not_explain_it():
    assert value(90, 100).differs_from(value(60, 100))
    assert not value(9, 10).differs_from(value(6, 10))


@pytest.mark.parametrize(
    "code",
    [
        "person_accept_rate",
        "accept_rate_per_person",
        "decline_rate",
        "login_count",
        "online_minutes",
        "likes",
        "shares_count",
        "community_rank",
        "photos_uploaded",
        "registrations",
        "votes_cast",
        "page_views",
        "study_time",
        "top_10_communities",
        "points_per_person",
    ],
)
def test_what_is_never_counted_cannot_be_registered(code):
    with pytest.raises(Blocked, match=code):
        metrics.register(replace(SOLD, code=code))
    assert metrics.REGISTRY == {}


@pytest.mark.parametrize(
    "name",
    [
        "个人接单率",
        "党员谢绝率",
        "登录天数",
        "在线时长",
        "点赞数",
        "社区排名",
        "拍照数",
        "注册数",
        "得票数",
    ],
)
def test_nor_under_another_code(name):
    with pytest.raises(Blocked):
        metrics.register(replace(SOLD, name=name))


def test_every_block_says_what_and_why_and_catches_something():
    for block in blocked():
        assert all((block.what, block.why, block.codes, block.words))
    assert len(blocked()) >= 8


@pytest.mark.parametrize("grain", ["person", "handler", "community list", ""])
def test_nothing_is_counted_by_person(grain):
    with pytest.raises(Blocked, match="only areas"):
        metrics.register(replace(SOLD, grain=grain))


def test_a_function_that_takes_a_person_is_refused():
    def by_person(extent, periods, at, person):
        return []

    with pytest.raises(Blocked, match="nothing else"):
        metrics.register(replace(SOLD, compute=by_person))


def test_one_code_has_one_definition():
    metrics.register(SOLD)
    metrics.register(SOLD)

    with pytest.raises(ValueError, match="defined twice"):
        metrics.register(replace(SOLD, name="另一个"))


def test_what_counts_only_areas_refuses_a_unit():
    with pytest.raises(Blocked):
        SOLD.values(Extent(unit_path="1."), [WEEK], AT)
    units_too = replace(SOLD, for_units=True)
    assert units_too.values(Extent(unit_path="1."), [WEEK], AT)[0].denominator == 0


def test_the_edition_tells_the_parameters():
    assert SOLD.edition == "1"
    assert replace(SOLD, version=2, chosen=lambda: {"partly": "0.5"}).edition == "2 partly=0.5"


def test_every_registered_metric_is_whole():
    for code, metric in REGISTRY.items():
        assert metric.code == code
        assert all((metric.name, metric.unit, metric.numerator, metric.source))
        assert bool(metric.denominator) == (metric.kind is not Kind.COUNT), code
        assert all(metric.exclusions.values())
