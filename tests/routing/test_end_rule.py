"""去掉一条: out of the draft; the row and older versions stay."""

import pytest

from tests.orders.traces import last, refused
from tests.routing.conftest import in_order, step
from yizhan.routing.operations import end_rule

pytestmark = pytest.mark.django_db


def test_a_rule_ends(draft, add, org, at):
    gone, kept = add("daily"), add("facility")

    row = end_rule(rule=gone, version=1, by=org, at=at)

    assert (row.state, row.version) == ("ended", 2)
    assert in_order(draft) == [kept.pk]
    draft.refresh_from_db()
    said = "「生活帮扶」，全区，派给当地的党支部"
    assert last(draft) == step("rule_ended", org, at, remark=said, rule=gone.pk)


def test_only_as_it_was_seen_and_once(world, add, org, at):
    row = add("daily")
    with refused(
        "stale",
        "别人刚改过这一条，现在是：「生活帮扶」，全区，派给当地的党支部。请看过后再提交一次",
    ):
        end_rule(rule=row, version=7, by=org, at=at)
    with refused("no_power", "派单目录由区里的业务管理部门来定，您的岗位没有这项权限"):
        end_rule(rule=row, version=1, by=world.by.ma, at=at)
    end_rule(rule=row, version=1, by=org, at=at)
    with refused("gone", "这一条已经不在目录里了"):
        end_rule(rule=row, version=2, by=org, at=at)
