"""采纳: a proposal becomes a rule of the draft."""

import pytest

from tests.orders.traces import last, refused
from tests.routing.conftest import in_order, step
from yizhan.routing.models import Category
from yizhan.routing.operations import accept_rule, propose_rule

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposed(world, draft, line, at):
    return propose_rule(
        line=line("facility", unit="P"), source="disputes.ruling", source_code="48271K3QX9",
        reason="裁定由物业承办", by=world.by.zhou, at=at,
    )  # fmt: skip


def test_it_takes_its_place(draft, add, proposed, org, at):
    wide = add()

    row = accept_rule(rule=proposed, by=org, at=at)

    assert (row.state, row.source) == ("active", "disputes.ruling")
    assert in_order(draft) == [row.pk, wide.pk]
    draft.refresh_from_db()
    assert last(draft) == step("rule_accepted", org, at, rule=row.pk, place=1)
    with refused("answered", "这一条已经有人处理过了"):
        accept_rule(rule=proposed, by=org, at=at)


def test_only_if_it_still_works(proposed, org, at):
    Category.objects.filter(code="facility").update(ended_date=at.date())
    with refused("broken", "这一条不能用：类别「物业与公共设施」已停用"):
        accept_rule(rule=proposed, by=org, at=at)
    proposed.refresh_from_db()
    assert proposed.state == "proposed"


def test_whoever_ruled_does_not_accept(world, proposed, at):
    with refused("no_power", "派单目录由区里的业务管理部门来定，您的岗位没有这项权限"):
        accept_rule(rule=proposed, by=world.by.zhou, at=at)
