"""Giving somebody a post."""

from datetime import date, timedelta

import pytest

from tests.people.cast import refused_code
from yizhan.people import operations
from yizhan.people.models import Post

DAY = date(2026, 11, 22)


def appoint(town, guard, at, **changes):
    wanted = {"person": town.aunt, "role": "volunteer", "unit": town.branch, "since": DAY}
    return operations.appoint(**{**wanted, **changes}, by=guard, at=at)


def test_appoint_until_a_day(town, guard, at):
    made = appoint(town, guard, at, until=DAY + timedelta(days=30))
    assert list(Post.objects.on(DAY).filter(person=town.aunt)) == [made]
    assert not Post.objects.on(DAY + timedelta(days=31)).filter(person=town.aunt)


def test_dates_in_order(town, guard, at):
    day_before = DAY - timedelta(days=1)
    assert refused_code(lambda: appoint(town, guard, at, until=day_before)) == "dates"


def test_no_post_in_a_unit_that_has_ended(town, guard, at):
    town.branch.ended_date = DAY
    assert refused_code(lambda: appoint(town, guard, at)) == "unit_ended"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("audit_admin", "security_admin"),
        ("system_admin", "audit_admin"),
        ("clerk", "audit_admin"),
        ("security_admin", "volunteer"),
    ],
)
def test_an_administrators_post_is_held_alone(town, guard, at, first, second):
    appoint(town, guard, at, role=first, until=DAY + timedelta(days=30))

    assert refused_code(lambda: appoint(town, guard, at, role=second)) == "kept_apart"
    later = DAY + timedelta(days=31)
    assert appoint(town, guard, at, role=second, since=later).role == second
