"""取消并入: the order goes on alone from where it stood."""

import pytest

from tests.orders.stories import folded, placed
from tests.orders.traces import heard, last, refused, step
from yizhan.orders import operations
from yizhan.orders.models import Order


def test_it_stands_where_it_stood(world, at):
    order = folded(world, at)
    main = Order.objects.get(pk=order.main_id)

    with heard() as told:
        order = operations.fold_out(order=order, by=world.by.sun, at=at)

    main.refresh_from_db()
    assert (order.state, order.main, order.held_from, main.joined) == ("placed", None, "", 0)
    moved = {"from": "merged", "to": "placed", "main": main.pk}
    assert last(order) == step("folded_out", world.by.sun, at, **moved)
    assert last(main) == step("parted", world.by.sun, at, order=order.pk)
    assert told == [("order_folded_out", world.grandpa_li.pk)]


@pytest.mark.parametrize("who", ["aunt_wang", "grandpa_li", "chen", "liu", "feng"])
def test_nobody_else_parts_them(world, at, who):
    order = folded(world, at)

    with refused("not_your_post", "取消合并由社区工作人员来做"):
        operations.fold_out(order=order, by=getattr(world.by, who), at=at)


def test_only_what_is_merged(world, at):
    order = placed(world, at)

    with refused("wrong_state", "没有并入"):
        operations.fold_out(order=order, by=world.by.sun, at=at)
