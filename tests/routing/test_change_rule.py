"""改一条: what it said before stays with the step."""

import pytest

from tests.orders.traces import last, refused
from tests.routing.conftest import in_order, step
from yizhan.routing.operations import change_rule, end_rule

pytestmark = pytest.mark.django_db


def test_a_rule_says_something_else_and_keeps_its_place(draft, add, line, org, at):
    wide, row = add(), add("daily")
    changed = change_rule(
        rule=row, line=line("daily", kind="team", level="urgent"), version=1, by=org, at=at
    )

    assert (changed.kind, changed.conditions, changed.version) == ("team", {"level": "urgent"}, 2)
    assert in_order(draft) == [row.pk, wide.pk]
    draft.refresh_from_db()
    assert last(draft) == step(
        "rule_changed", org, at, remark="「生活帮扶」，全区，派给当地的党支部", rule=row.pk
    )


def test_a_stale_form_hears_how_it_reads_now(add, line, org, at):
    row = add("daily")
    change_rule(rule=row, line=line("daily", kind="team"), version=1, by=org, at=at)

    said = "别人刚改过这一条，现在是：「生活帮扶」，全区，派给当地的志愿服务队。请看过后再提交一次"
    with refused("stale", said):
        change_rule(rule=row, line=line("daily", unit="C"), version=1, by=org, at=at)


def test_what_is_gone_is_not_changed(add, line, org, at):
    row = add("daily")
    end_rule(rule=row, version=1, by=org, at=at)
    with refused("gone", "这一条已经不在目录里了"):
        change_rule(rule=row, line=line(), version=2, by=org, at=at)


def test_it_stays_sound(add, line, org, at):
    row = add("daily")
    with refused("broken", "这一条不能用：没有「calm」这种级别"):
        change_rule(rule=row, line=line("daily", level="calm"), version=1, by=org, at=at)
    row.refresh_from_db()
    assert (row.conditions, row.version) == ({}, 1)
