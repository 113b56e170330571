"""The main order is not dealt with here: its followers hear where it is."""

from tests.orders.stories import folded
from tests.orders.traces import heard, last, step
from yizhan.orders import operations
from yizhan.orders.models import Order


def test_everyone_hears_where(world, at):
    order = folded(world, at)
    main = Order.objects.get(pk=order.main_id)

    with heard() as told:
        operations.turn_away(order=main, words="请找供电所", by=world.by.sun, at=at)

    order.refresh_from_db()
    moved = {"from": "merged", "to": "turned_away", "main": main.pk}
    assert last(order) == step("turned_away", world.by.sun, at, words="请找供电所", **moved)
    away = {("order_turned_away", world.aunt_wang.pk), ("order_turned_away", world.grandpa_li.pk)}
    assert set(told) == away


def test_an_order_without_followers_turns_nobody_away(world, at):
    order = operations.fold_out(order=folded(world, at), by=world.by.sun, at=at)

    same = operations.turn_folded_away(order=order, words="请找供电所", by=world.by.sun, at=at)
    assert same.version == order.version
