"""派单: a unit becomes responsible."""

import pytest

from tests.orders.door import assert_fragment, assert_kept, assert_late, assert_sent_to, assert_shut
from tests.orders.stories import accepted, anonymous, asked, dispatched, placed, withdrawn
from tests.orders.traces import heard, last, refused, step
from yizhan.orders import operations, whom


def dispatch(world, order, at, *, by="sun", unit="B1", pool=True):
    return operations.dispatch(
        order=order, unit=world.units[unit], pool=pool, by=getattr(world.by, by), at=at
    )


@pytest.mark.parametrize("who", ["sun", "ma", "zhou"])
def test_the_community_gives_it_to_a_branch(world, at, who):
    order, by = placed(world, at), getattr(world.by, who)

    with heard() as told:
        order = dispatch(world, order, at, by=who)

    assert (order.state, order.version) == ("dispatched", 2)
    assert (order.unit, order.pool, order.handler) == (world.units["B1"], True, None)
    facts = {"from": "placed", "to": "dispatched", "unit": "B1", "pool": True}
    assert last(order) == step("dispatched", by, at, **facts)
    assert told == [
        ("order_dispatched", world.aunt_wang.pk),
        ("order_for_unit", world.liu.pk),
    ]


def test_to_a_property_company(world, at):
    order = placed(world, at)

    with heard() as told:
        order = dispatch(world, order, at, unit="P", pool=False)

    assert (order.unit.code, order.pool) == ("P", False)
    assert ("order_for_unit", world.anju.pk) in told


def test_after_admitting(world, at):
    order = operations.admit(order=placed(world, at), by=world.by.sun, at=at)

    assert dispatch(world, order, at).state == "dispatched"


def test_who_has_no_account_is_told_by_telephone(world, at):
    order = anonymous(world, at)

    with heard() as told:
        dispatch(world, order, at)
    assert told == [("order_dispatched", "13800000001"), ("order_for_unit", world.liu.pk)]


@pytest.mark.parametrize("who", ["aunt_wang", "chen", "liu", "qian", "feng", "anju"])
def test_nobody_else_dispatches(world, at, who):
    order = placed(world, at)

    with refused("not_your_post", "派单由社区来做"):
        dispatch(world, order, at, by=who)


@pytest.mark.parametrize("story", [asked, dispatched, accepted, withdrawn])
def test_only_what_waits_for_it(world, at, story):
    order = story(world, at)

    with refused("wrong_state", "这张单子已经派出"):
        dispatch(world, order, at, by="ma", unit="B2")


def test_the_units_offered_are_near_and_the_usual_one_first(world, at):
    order = placed(world, at)

    assert [unit.code for unit in whom.units_for(order)] == ["B1", "B2", "C", "P", "S"]


def test_a_plain_form(world, at, door):
    order = placed(world, at)

    answer = door("sun").send("dispatch", order, unit="B1", pool="on")
    assert_sent_to(answer, f"/orders/{order.code}/")
    order.refresh_from_db()
    assert (order.state, order.unit, order.pool) == ("dispatched", world.units["B1"], True)


def test_htmx(world, at, door):
    answer = door("sun").send("dispatch", placed(world, at), htmx=True, unit="B1")

    assert_fragment(answer, "已派单，已通知承办单位", "待接单", "发出邀请")


def test_outside(world, at, door):
    assert_shut(door, "dispatch", placed(world, at), unit="B1")


def test_late(world, at, door):
    order = dispatched(world, at)

    assert_late(door("ma").send("dispatch", order, unit="B2"), "这张单子已经派出")
    order.refresh_from_db()
    assert order.unit == world.units["B1"]


def test_a_unit_is_needed(world, at, door):
    assert_kept(door("sun").send("dispatch", placed(world, at)), "请选一个承办单位")


def test_a_retired_unit_is_no_choice(world, at, door):
    unit = world.units["B2"]
    unit.ended_date = at.date()
    unit.save()

    answer = door("sun").send("dispatch", placed(world, at), unit="B2")
    assert_kept(answer, "请从列出的单位里选")
