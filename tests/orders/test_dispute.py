"""异议: the unit says that it is not its own, and the clock runs on."""

import pytest

from tests.orders.stories import accepted, dispatched, disputed, invited
from tests.orders.traces import heard, last, refused, step
from yizhan.orders import operations
from yizhan.orders.models import Invitation

WHY = "电路归物业"


def dispute(order, by, at):
    return operations.dispute(order=order, reason=WHY, by=by, at=at)


def test_it_waits_for_the_street(world, at):
    order = invited(world, at)
    promised = (order.arrange_by, order.finish_by)

    with heard() as told:
        order = dispute(order, world.by.liu, at)

    assert (order.state, order.unit) == ("disputed", None)
    assert (order.arrange_by, order.finish_by) == promised
    moved = {"from": "dispatched", "to": "disputed", "unit": "B1"}
    assert last(order) == step("disputed", world.by.liu, at, words=WHY, **moved)
    assert Invitation.objects.get().state == "lapsed"
    assert told == [("order_disputed", world.zhou.pk)]


@pytest.mark.parametrize("who", ["sun", "zhou", "chen", "aunt_wang", "anju"])
def test_nobody_but_the_unit(world, at, who):
    order = dispatched(world, at)

    with refused("not_your_post", "异议由承办单位提出"):
        dispute(order, getattr(world.by, who), at)


def test_not_what_somebody_has_taken(world, at):
    order = accepted(world, at)

    with refused("wrong_state", "还没有人接的单子"):
        dispute(order, world.by.liu, at)


def test_not_what_a_ruling_appointed(world, at):
    order = operations.settle(
        order=disputed(world, at), unit=world.units["B1"], words="归你们", by=world.by.zhou, at=at
    )

    with refused("appointed", "不能再退"):
        dispute(order, world.by.liu, at)
    with refused("appointed", "不能再退"):
        operations.send_back(order=order, reason="没有梯子", by=world.by.liu, at=at)


def test_a_unit_returns_once_and_two_units_at_most(world, at):
    order = dispatched(world, at)
    units = {"B1": world.by.liu, "P": world.by.anju}
    for code, by in units.items():
        if order.state != "dispatched":
            order = operations.dispatch(
                order=order, unit=world.units[code], pool=False, by=world.by.sun, at=at
            )
        order = operations.send_back(order=order, reason="不归我们", by=by, at=at)
    assert order.returned_by == ["B1", "P"]

    again = {"order": order, "pool": False, "by": world.by.sun, "at": at}
    order = operations.dispatch(unit=world.units["B1"], **again)
    with refused("returned_before", "请提出异议"):
        operations.send_back(order=order, reason="不归我们", by=world.by.liu, at=at)
    assert dispute(order, world.by.liu, at).state == "disputed"


def test_the_asker_reads_only_that_it_is_being_settled(world, at, door):
    told = door("aunt_wang").get("show", disputed(world, at)).text

    assert "正在定由哪个单位办" in told
    assert WHY not in told
    assert "异议" not in told
