"""上移, 下移: which rule is tried first."""

import pytest

from tests.orders.traces import last, refused
from tests.routing.conftest import in_order, step
from yizhan.routing.operations import move_rule

pytestmark = pytest.mark.django_db


def test_up_and_down_and_not_over_the_end(draft, add, org, at):
    one, two, three = add("daily"), add("facility"), add("environment")

    row = move_rule(rule=two, is_up=True, version=1, by=org, at=at)
    assert in_order(draft) == [two.pk, one.pk, three.pk]
    draft.refresh_from_db()
    assert last(draft) == step("rule_moved", org, at, rule=two.pk, before=2, place=1)
    before = draft.version
    row = move_rule(rule=row, is_up=True, version=2, by=org, at=at)
    row = move_rule(rule=one, is_up=False, version=1, by=org, at=at)
    assert in_order(draft) == [two.pk, three.pk, one.pk]
    draft.refresh_from_db()
    assert draft.version == before + 1


def test_a_stale_button(add, org, at):
    row = add("daily")
    add("facility")
    move_rule(rule=row, is_up=False, version=1, by=org, at=at)
    with refused(
        "stale",
        "别人刚改过这一条，现在是：「生活帮扶」，全区，派给当地的党支部。请看过后再提交一次",
    ):
        move_rule(rule=row, is_up=False, version=1, by=org, at=at)
