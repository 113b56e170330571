"""Every rule of the pending list has its cases here or in the test of its verb."""

import pytest

from tests import house
from yizhan.pendings import rules


def test_every_rule_is_asked_by_an_operation():
    (path,) = [one for one in house.modules("operations") if one.parent.name == "pendings"]
    asked = path.read_text("utf-8")
    known = [name for name in dir(rules) if name.startswith("can_")]

    assert known
    assert [name for name in known if f"rules.{name}(" not in asked] == []


@pytest.mark.parametrize("days", [1, 45, 90])
def test_a_review_within_ninety_days(at, days):
    from datetime import timedelta

    today = at.date()
    assert rules.can_set_review(today + timedelta(days=days), today)
