"""加一条: a rule in the draft, at a place where something is left to it."""

import pytest

from tests.orders.traces import last, refused
from tests.routing.conftest import STREET, in_order, step
from tests.world import WEIGONG
from yizhan.base.verdict import Refused
from yizhan.routing.models import RoutingRule
from yizhan.routing.operations import add_rule

pytestmark = pytest.mark.django_db


def test_a_rule_is_added(draft, line, org, at):
    wanted = line("facility", region=STREET, unit="P", level="urgent", note="先派物业")
    row = add_rule(table=draft, line=wanted, by=org, at=at)

    draft.refresh_from_db()
    assert (row.table, row.state, row.version) == (draft, "active", 1)
    assert (row.category.code, row.region_code, row.unit.code) == ("facility", STREET, "P")
    assert (row.conditions, row.kind, row.note) == ({"level": "urgent"}, "", "先派物业")
    assert last(draft) == step("rule_added", org, at, rule=row.pk, place=1)
    assert draft.version == 2


def test_a_narrow_rule_goes_above_the_wide_one(draft, add):
    wide = add()
    group = add("environment", unit="C")
    here = add("environment", region=WEIGONG, kind="team")
    other = add("daily", kind="team")

    assert in_order(draft) == [here.pk, group.pk, other.pk, wide.pk]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"level": "calm"}, "没有「calm」这种级别"),
        ({"region": "610302999"}, "区划 610302999 已经没有了"),
        ({"station_type": "castle"}, "没有「castle」这种驿站类型"),
        ({"moon": "full"}, "没有「moon」这种条件"),
    ],
)
def test_a_rule_that_could_never_decide_is_refused(draft, line, org, at, given, said):
    with refused("broken", f"这一条不能用：{said}"):
        add_rule(table=draft, line=line("daily", **given), by=org, at=at)
    assert not RoutingRule.objects.exists()


def test_categories_that_are_no_orders_are_refused(draft, line, org, at):
    with refused("broken", "这一条不能用：「有危险，很着急」不在这里办，不派单"):
        add_rule(table=draft, line=line("emergency"), by=org, at=at)


def test_personal_data_in_the_note_are_seen_first(draft, line, org, at):
    with pytest.raises(Refused) as no:
        add_rule(table=draft, line=line(note="问13800001234"), by=org, at=at)
    assert no.value.code == "personal_data"


def test_only_a_draft_is_written_and_only_by_its_office(world, draft, add, publish, line, org, at):
    with refused("no_power", "派单目录由区里的业务管理部门来定，您的岗位没有这项权限"):
        add_rule(table=draft, line=line(), by=world.by.zhou, at=at)
    add()
    table = publish()
    with refused("wrong_state", "这一版已经发布，不能再改。要改请起草新的一版"):
        add_rule(table=table, line=line("daily"), by=org, at=at)


def test_a_table_stays_readable(draft, add, line, org, at, monkeypatch):
    monkeypatch.setattr("yizhan.routing.rules.MOST_RULES", 1)
    add()
    with refused("too_many", "目录最多 1 条，请先合并或去掉一些"):
        add_rule(table=draft, line=line("daily"), by=org, at=at)
