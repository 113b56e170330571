"""起草: the next version as a copy of the newest."""

import pytest

from tests.orders.traces import last, refused
from tests.routing.conftest import in_order, step
from yizhan.routing.models import RoutingTable
from yizhan.routing.operations import begin_draft

pytestmark = pytest.mark.django_db


def test_the_first_draft_is_empty(org, at):
    table = begin_draft(by=org, at=at)

    assert (table.state, table.number, table.from_date, table.version) == ("draft", None, None, 1)
    assert (in_order(table), str(table), table.scope_code) == ([], "草稿", "610302")
    assert last(table) == step("begun", org, at, based_on=0)


def test_the_next_one_is_a_copy_of_what_counts_in_the_newest(add, publish, org, at):
    kept, gone = add("environment", unit="C", note="社区自办"), add("daily")
    from yizhan.routing.operations import end_rule

    end_rule(rule=gone, version=1, by=org, at=at)
    first = publish()

    table = begin_draft(by=org, at=at)

    [copy] = table.rules.all()
    same = ("category_id", "region_code", "conditions", "unit_id", "kind", "note", "position")
    assert [getattr(copy, name) for name in same] == [getattr(kept, name) for name in same]
    assert copy.pk != kept.pk
    assert table.based_on == first
    assert last(table) == step("begun", org, at, based_on=1)


def test_one_draft_at_a_time(draft, org, at):
    with refused("draft_there", "已经有一份草稿，请在那一份上改"):
        begin_draft(by=org, at=at)
    assert RoutingTable.objects.count() == 1


@pytest.mark.parametrize("who", ["aunt_wang", "sun", "ma", "zhou", "qian", "liu"])
def test_nobody_else(world, at, who):
    with refused("no_power", "派单目录由区里的业务管理部门来定，您的岗位没有这项权限"):
        begin_draft(by=getattr(world.by, who), at=at)
