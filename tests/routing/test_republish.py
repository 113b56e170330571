"""按旧版再发布: an older version becomes the newest again."""

from datetime import timedelta

import pytest

from tests.orders.traces import last, refused
from tests.routing.conftest import step
from yizhan.routing.models import RoutingTable
from yizhan.routing.operations import add_rule, begin_draft, republish
from yizhan.routing.queries import in_force, loaded

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(add, publish, line, org, at):
    """Two published versions; the second has one rule more."""
    add("environment", unit="C")
    first = publish()
    table = begin_draft(by=org, at=at)
    add_rule(table=table, line=line("daily"), by=org, at=at)
    return first, publish()


def back(table, by, at, **more):
    values = {"from_date": at.date(), "why": "新版派错了"} | more
    return republish(table=table, by=by, at=at, **values)


def test_the_old_rules_hold_again_as_a_new_version(two, org, at):
    first, _ = two
    begin_draft(by=org, at=at)

    fresh = back(first, org, at)

    assert (fresh.number, fresh.state, fresh.based_on) == (3, "published", first)
    said = [one.said for one in loaded(first).rules]
    assert [one.said for one in in_force(at.date()).rules] == said
    facts = {"number": 3, "again": 1, "since": at.date().isoformat()}
    assert last(fresh) == step("republished", org, at, remark="新版派错了", **facts)
    assert RoutingTable.objects.draft() is not None


def test_a_version_still_to_come_is_overtaken(two, publish, org, at):
    first, _ = two
    begin_draft(by=org, at=at)
    later = at.date() + timedelta(days=5)
    publish(from_date=later)

    fresh = back(first, org, at)

    assert in_force(later).table == fresh


def test_what_cannot_be(world, two, org, at):
    first, second = two
    with refused("newest", "这就是最新的一版，不用再发布"):
        back(second, org, at)
    with refused("no_power", "派单目录由区里的业务管理部门来定，您的岗位没有这项权限"):
        back(first, world.by.zhou, at)
    with refused("past", "生效日期不能早于今天：已经派出的单子按当时的目录"):
        back(first, org, at, from_date=at.date() - timedelta(days=1))
    draft = begin_draft(by=org, at=at)
    with refused("wrong_state", "草稿还没有发布过，请直接发布它"):
        back(draft, org, at)
    unit = world.units["C"]
    unit.ended_date = at.date()
    unit.save()
    with refused("broken", "有 1 条失效，改好才能发布。第 1 条：单位「渭工路社区」已停用"):
        back(first, org, at)
