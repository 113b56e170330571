"""裁定: a unit is appointed, or the matter is turned away."""

import pytest

from tests.orders.stories import dispatched, disputed
from tests.orders.traces import heard, last, refused, step
from yizhan.orders import operations

WORDS = "楼道灯归物业"


def settle(order, unit, by, at):
    return operations.settle(order=order, unit=unit, words=WORDS, by=by, at=at)


def test_a_unit_is_appointed(world, at):
    order = disputed(world, at)

    with heard() as told:
        order = settle(order, world.units["P"], world.by.zhou, at)

    assert (order.state, order.unit, order.appointed) == ("dispatched", world.units["P"], True)
    moved = {"from": "disputed", "to": "dispatched", "unit": "P"}
    assert last(order) == step("settled", world.by.zhou, at, words=WORDS, **moved)
    assert told == [("order_appointed", world.anju.pk)]


def test_or_it_is_dealt_with_elsewhere(world, at, door):
    order = disputed(world, at)

    with heard() as told:
        order = settle(order, None, world.by.zhou, at)

    assert order.state == "turned_away"
    assert told == [("order_turned_away", world.aunt_wang.pk)]
    assert WORDS in door("aunt_wang").get("show", order).text


def test_the_reasons_for_a_unit_are_for_offices(world, at, door):
    order = settle(disputed(world, at), world.units["P"], world.by.zhou, at)

    assert WORDS in door("sun").get("show", order).text
    assert WORDS not in door("aunt_wang").get("show", order).text


def test_a_new_round_knows_of_no_ruling(world, at):
    order = settle(disputed(world, at), None, world.by.zhou, at)
    order = operations.reopen(order=order, reason="还是黑", by=world.by.aunt_wang, at=at)

    assert (order.appointed, order.returned_by) == (False, [])


def test_not_to_a_unit_that_does_not_work_here(world, at):
    order = disputed(world, at)

    with refused("unit_elsewhere", "请另选一个"):
        settle(order, world.units["C2"], world.by.zhou, at)


@pytest.mark.parametrize("who", ["sun", "ma", "liu", "anju", "aunt_wang"])
def test_nobody_else_rules(world, at, who):
    order = disputed(world, at)

    with refused("not_your_post", "裁定由街道或区里来做"):
        settle(order, world.units["P"], getattr(world.by, who), at)


def test_only_what_is_disputed(world, at):
    order = dispatched(world, at)

    with refused("wrong_state", "不在等裁定"):
        settle(order, world.units["P"], world.by.zhou, at)
