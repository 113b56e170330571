"""Line 1: nobody and no place is ranked by activity, sign-ins, likes or minutes."""

import re

import pytest
from django.apps import apps

from tests import house
from yizhan.base.metrics import REGISTRY
from yizhan.insights.metrics import METRICS
from yizhan.orders.figures import Period, summary
from yizhan.portal.api import api

CODES = re.compile(
    r"(?i)rank|leader_?board|top_?\d|score|likes?\b|_like|login_(count|days|rate)|sign_?in_(count|"
    r"days)|minutes|online|active_days|streak|study_time|dwell|read_count|clicks?"
)
WORDS = re.compile(
    "排名|排行|名次|点赞|登录(次数|天数|率)|在线|活跃度|学习时长|浏览量|阅读量|打卡|积分榜"
)


def test_no_metric_counts_activity_for_its_own_sake():
    assert METRICS
    for metric in METRICS:
        assert not CODES.search(metric.code), metric.code
        assert not WORDS.search(metric.name + metric.means), metric.name


def test_no_registered_metric_does():
    assert REGISTRY
    for code, metric in REGISTRY.items():
        assert not CODES.search(code), code
        words = metric.name + metric.numerator + metric.denominator
        assert not WORDS.search(words), code
        assert metric.grain == "area", code


def test_no_figure_of_a_summary_does(world, at):
    made = summary(world.by.sun, Period.around("month", at.date()), at)

    assert made.figures
    assert not [one.name for one in made.figures if WORDS.search(one.name + one.meaning)]


@pytest.mark.django_db
def test_no_route_table_or_column_is_named_for_it():
    named = [page.route for page in house.every_url()]
    named += list(api.get_openapi_schema()["paths"])
    for model in apps.get_models():
        if model.__module__.startswith("yizhan."):
            named.append(model._meta.db_table)
            named += [f.column for f in model._meta.concrete_fields]

    assert len(named) > 200
    assert sorted({name for name in named if CODES.search(name)}) == []


def test_lists_of_people_and_places_are_never_sorted_by_a_count():
    """Regions stand in the order of their codes; who may be invited, by present load alone."""
    sorted_by_count = [
        f"{house.shown(path)}: {line.strip()}"
        for path in house.sources()
        for line in path.read_text("utf-8").splitlines()
        if re.search(r"order_by\([\"']-?(n|count|total|amount|received|finished)[\"']", line)
    ]

    assert sorted_by_count == []
