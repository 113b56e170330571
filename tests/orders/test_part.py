"""A follower that leaves: its main counts one fewer."""

import pytest

from tests.orders.stories import folded
from tests.orders.test_answer_folded import finish
from tests.orders.traces import last, refused, step
from yizhan.orders import operations
from yizhan.orders.models import Order


def withdraw(order, world, at):
    return operations.withdraw(order=order, reason="", by=world.by.grandpa_li, at=at)


def fold_out(order, world, at):
    return operations.fold_out(order=order, by=world.by.sun, at=at)


def reopen(order, world, at):
    finish(world, order, at)
    return operations.reopen(order=order, reason="还黑", by=world.by.grandpa_li, at=at)


@pytest.mark.parametrize("leave", [withdraw, fold_out, reopen])
def test_the_main_counts_who_is_in_it(world, at, leave):
    order = folded(world, at)
    main = Order.objects.get(pk=order.main_id)
    by = world.by.sun if leave is fold_out else world.by.grandpa_li

    order = leave(order, world, at)

    main.refresh_from_db()
    order.refresh_from_db()
    assert (main.joined, order.main) == (0, None)
    assert last(main) == step("parted", by, at, order=order.pk)


def test_what_was_answered_is_not_parted(world, at):
    order = folded(world, at)
    finish(world, order, at)

    with refused("answered", "已经一起答复了"):
        operations.fold_out(order=order, by=world.by.sun, at=at)


def test_a_main_withdrawn_in_a_later_round_leaves_the_answered_alone(world, at):
    order = folded(world, at)
    main = finish(world, order, at)
    operations.reopen(order=main, reason="还黑", by=world.by.aunt_wang, at=at)
    operations.withdraw(order=main, reason="", by=world.by.aunt_wang, at=at)

    order.refresh_from_db()
    assert (order.state, order.finished_at) == ("merged", at)
