"""不采纳: a proposal stays out, with the reason."""

import pytest

from tests.orders.traces import last, refused
from tests.routing.conftest import step
from tests.routing.test_accept_rule import proposed
from yizhan.routing.operations import accept_rule, drop_rule

__all__ = ["proposed"]
pytestmark = pytest.mark.django_db


def test_it_stays_out(draft, proposed, org, at):
    row = drop_rule(rule=proposed, reason="只是这一件的情况", by=org, at=at)

    assert row.state == "ended"
    draft.refresh_from_db()
    assert last(draft) == step("rule_dropped", org, at, remark="只是这一件的情况", rule=row.pk)
    with refused("answered", "这一条已经有人处理过了"):
        accept_rule(rule=proposed, by=org, at=at)
