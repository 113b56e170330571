"""What the dispatch form and the step of a dispatch say of the routing table."""

from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.orders.stories import placed
from yizhan.base.actor import CLOCK
from yizhan.orders import operations, whom
from yizhan.orders.advice import advice
from yizhan.orders.models import Order
from yizhan.places.models import Station, StationType
from yizhan.routing.models import RoutingRule
from yizhan.routing.operations import load_table

FIRST = """
[[rule]]
category = "daily"
region = "610302002"
level = "urgent"
target = "P"
[[rule]]
category = "daily_repair"
target = "{target}"
[[rule]]
words = ["电梯"]
target = "department"
"""


@pytest.fixture
def table(world, at, tmp_path):
    """Publish a table: urgent repairs to the company, others to `target`."""

    def load(target="C", text=FIRST):
        path = tmp_path / "routing.toml"
        path.write_text(text.format(target=target), "utf-8")
        return load_table(path=path, by=CLOCK, at=at)

    return load


def told(order, at):
    found = advice(order, whom.units_for(order), at)
    assert found is not None
    return found


def test_without_a_table_nothing_is_said(world, at, door):
    order = placed(world, at)

    assert advice(order, whom.units_for(order), at) is None
    text = door("sun").get("show", order).text
    assert "按派单目录" not in text
    assert "常办此类" in text


def test_the_unit_is_named_chosen_and_explained(world, at, door, table):
    table("C")
    order = placed(world, at)

    text = unescape(door("sun").get("show", order).text)

    assert "按派单目录：渭工路社区。" in text
    assert "依据：第 2 条，「家庭小修」，全区，派给渭工路社区" in text
    assert "只管级别是急的" in text
    assert text.index('value="C" checked') < text.index('value="B1"')
    assert text.count(' checked><span class="grow"><b>') == 1


def test_of_several_of_a_kind_none_is_chosen_beforehand(world, at, door, table):
    table("branch")
    found = told(placed(world, at), at)

    assert (found.chosen, found.codes) == ("", {"B1", "B2"})
    assert found.words == "当地的党支部，有 2 个，请选一个"


def test_the_level_and_the_words_decide(world, at, table):
    table("C")
    order = placed(world, at)
    Order.objects.filter(pk=order.pk).update(level="urgent")
    assert told(Order.objects.with_names().get(pk=order.pk), at).chosen == "P"

    lift = placed(world, at, category=order.category.parent, words="三号楼电梯停了")
    found = told(lift, at)
    assert found.answer.rule.number == 3
    assert found.words == "当地的区级部门，但这里没有登记"


def test_a_station_of_a_type_decides(world, at, table):
    kiosk = StationType.objects.create(code="kiosk", name="岗亭", position=1)
    station = Station.objects.create(
        code="YZ900", name="渭工路驿站", type=kiosk, build="new", status="open",
        region=world.weigong, address="渭工路 1 号", latitude=34.3, longitude=107.1,
        calendar="daily",
    )  # fmt: skip
    table(text='[[rule]]\nstation_type = "kiosk"\ntarget = "C"\n')

    assert told(placed(world, at, station=station), at).chosen == "C"
    assert told(placed(world, at), at).answer.rule is None


def test_a_group_is_known_by_a_leaf(world, at, table):
    table(text='[[rule]]\ncategory = "daily"\ntarget = "C"\n')

    assert told(placed(world, at), at).answer.rule.number == 1


def test_a_broken_rule_is_loud(world, at, door, table):
    table("B1")
    unit = world.units["B1"]
    unit.ended_date = at.date()
    unit.save()
    order = placed(world, at)

    text = unescape(door("sun").get("show", order).text)

    assert "按派单目录：不能按目录派。" in text
    assert "第 2 条本该生效，但它失效了：单位「第一党支部」已停用" in text
    assert 'checked><span class="grow"><b>' not in text


@pytest.mark.parametrize(("unit", "as_told"), [("C", True), ("B1", False)])
def test_the_step_keeps_version_and_rule(world, at, table, unit, as_told):
    version = table("C")
    second = RoutingRule.objects.get(table=version, position=2)
    order = placed(world, at)
    order = operations.dispatch(
        order=order, unit=world.units[unit], pool=True, by=world.by.sun, at=at
    )

    facts = order.steps.last().facts
    assert (facts["table"], facts["rule"], facts["as_told"]) == (1, second.pk, as_told)


def test_what_no_rule_says_is_kept_too(world, at, table):
    table(text='[[rule]]\ncategory = "wish"\ntarget = "C"\n')
    order = operations.dispatch(
        order=placed(world, at), unit=world.units["B1"], pool=True, by=world.by.sun, at=at
    )

    facts = order.steps.last().facts
    assert (facts["table"], facts["rule"], facts["as_told"]) == (1, 0, True)


def test_one_query_more_and_no_more_for_a_longer_table(world, at, table):
    order = placed(world, at)
    order, units = Order.objects.with_names().get(pk=order.pk), whom.units_for(order)
    rule = '[[rule]]\ncategory = "wish"\nregion = "610302002"\ntarget = "C"\n'
    table(text=rule * 9 + FIRST)

    with CaptureQueriesContext(connection) as asked:
        advice(order, units, at)

    assert len(asked) == 1
