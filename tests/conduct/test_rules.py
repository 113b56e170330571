"""Every rule of fair use has its cases in the test of its verb; and nobody is put on a list."""

import re
from datetime import timedelta

from tests import house
from tests.conduct.conftest import flagged, upheld
from tests.orders.stories import placed
from yizhan.conduct import queries, rules
from yizhan.conduct.models import Flag


def test_every_rule_is_asked_by_an_operation():
    (path,) = [one for one in house.modules("operations") if one.parent.name == "conduct"]
    asked = path.read_text("utf-8")
    known = [name for name in dir(rules) if name.startswith("can_")]

    assert known
    assert [name for name in known if f"rules.{name}(" not in asked] == []


def test_counts_are_by_reason_and_never_by_person(world, at, browser):
    for _ in range(3):
        flagged(world, at, placed(world, at))

    rows = queries.tallies(world.by.zhou)
    assert [(one.reason, one.total) for one in rows] == [
        (label, 3 if code == "repeated" else 0) for code, label in Flag.Reason.choices
    ]
    text = browser("zhou").get("desk").text
    for name in ("王", "138", world.aunt_wang.code):
        assert name not in text
    assert queries.tallies(world.by.feng)[1].total == 0


def test_nothing_groups_or_sorts_flags_by_who_they_are_about():
    by_person = re.compile(
        r"(values|values_list|order_by|annotate)\([^)]*(person|number|author)", re.S
    )
    paths = [path for path in house.sources() if house.domain_of(path) == "conduct"]

    assert len(paths) > 10
    assert [house.shown(path) for path in paths if by_person.search(path.read_text("utf-8"))] == []


def test_a_list_asks_the_same_for_three_as_for_one(world, at, django_assert_num_queries):
    upheld(world, at)
    for number in range(3):
        flagged(world, at + timedelta(days=9), placed(world, at + timedelta(days=9 + number)))
    with django_assert_num_queries(2):
        assert len(queries.desk(world.by.zhou, at).raised) == 3


def test_the_desk(world, at, browser):
    flagged(world, at)

    assert "待复核" in browser("zhou").get("desk").text
    assert browser("sun").get("desk").status_code == 200
    for who in ("chen", "liu", "aunt_wang", "qian"):
        assert browser(who).get("desk").status_code == 404
