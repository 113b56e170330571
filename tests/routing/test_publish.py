"""发布: from a day on orders are dispatched by it; older versions stay."""

from datetime import timedelta

import pytest

from tests.orders.traces import last, refused
from tests.routing.conftest import step
from yizhan.routing.models import Category, RoutingTable
from yizhan.routing.operations import begin_draft, propose_rule
from yizhan.routing.queries import broken_now, in_force

pytestmark = pytest.mark.django_db


def test_it_holds_from_its_day(world, add, publish, org, at):
    add("environment", unit="C")
    today, later = at.date(), at.date() + timedelta(days=9)

    table = publish(from_date=later)

    assert (table.state, table.number, table.from_date) == ("published", 1, later)
    assert table.published_at == at
    facts = {"from": "draft", "to": "published", "number": 1, "since": later.isoformat()}
    assert last(table) == step("published", org, at, remark="试行", **facts)
    assert in_force(today).table is None
    assert in_force(later).table == table
    assert [one.said for one in in_force(later).rules] == ["「环境卫生」，全区，派给渭工路社区"]


def test_the_one_published_last_holds_of_those_that_have_begun(add, publish, org, at):
    today = at.date()
    add("environment")
    first = publish()
    begin_draft(by=org, at=at)
    add_to = publish(from_date=today + timedelta(days=9))
    begin_draft(by=org, at=at)
    third = publish(from_date=today + timedelta(days=3))

    days = [in_force(today + timedelta(days=n)).table for n in (0, 2, 3, 8, 9, 30)]
    assert days == [first, first, third, third, third, third]
    assert add_to.number == 2


def test_a_version_never_changes(add, publish, org, at):
    row = add("environment")
    table = publish()
    begin_draft(by=org, at=at)

    assert list(table.rules.active()) == [row]
    with refused("wrong_state", "这一版已经发布，不能再改。要改请起草新的一版"):
        from yizhan.routing.operations import end_rule

        end_rule(rule=row, version=1, by=org, at=at)


def test_not_a_table_with_a_broken_rule(world, add, publish, at):
    add("environment", unit="C")
    unit = world.units["C"]
    unit.ended_date = at.date()
    unit.save()

    said = "有 1 条失效，改好才能发布。第 1 条：单位「渭工路社区」已停用"
    with refused("broken", said):
        publish()
    Category.objects.filter(code="environment").update(ended_date=at.date())
    with refused(
        "broken",
        "有 1 条失效，改好才能发布。第 1 条：类别「环境卫生」已停用，单位「渭工路社区」已停用",
    ):
        publish()


def test_what_breaks_afterwards_is_loud(world, add, publish, at):
    add("environment", unit="C")
    publish()
    assert broken_now(at.date()) == []
    unit = world.units["C"]
    unit.ended_date = at.date()
    unit.save()

    assert broken_now(at.date()) == ["派单目录第 1 版第 1 条失效：单位「渭工路社区」已停用"]


def test_proposals_are_answered_first(world, add, publish, line, at):
    add("environment")
    propose_rule(
        line=line("daily"), source="disputes.ruling", source_code="48271K3QX9", reason="裁定",
        by=world.by.zhou, at=at,
    )  # fmt: skip
    with refused("proposals", "还有 1 条建议没有处理，请先采纳或不采纳"):
        publish()


def test_only_as_it_was_seen(world, add, publish, at):
    add("environment")
    with refused("stale", "您打开这一页以后，草稿又改过了。请看过后再发布一次"):
        publish(version=1)
    with refused("newer", "您打开这一页以后，第 0 版已经发布。请先看和它的差别"):
        publish(newest=7)
    with refused("past", "生效日期不能早于今天：已经派出的单子按当时的目录"):
        publish(from_date=at.date() - timedelta(days=1))
    with refused("no_power", "派单目录由区里的业务管理部门来定，您的岗位没有这项权限"):
        publish(by=world.by.zhou)
    assert RoutingTable.objects.get().state == "draft"


def test_an_empty_one_is_not_published(draft, publish):
    with refused("empty", "草稿里一条也没有，不能发布"):
        publish()
