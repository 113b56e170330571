"""The main order is withdrawn: its followers still want the same, and go on alone."""

from tests.orders.stories import folded
from tests.orders.traces import heard, kinds
from yizhan.orders import operations
from yizhan.orders.models import Order


def test_the_others_go_on_alone(world, at):
    order = folded(world, at)
    main = Order.objects.get(pk=order.main_id)

    with heard() as told:
        operations.withdraw(order=main, reason="", by=world.by.aunt_wang, at=at)

    order.refresh_from_db()
    main.refresh_from_db()
    assert (order.state, order.main, main.state, main.joined) == ("placed", None, "withdrawn", 0)
    assert kinds(main)[-2:] == ["withdrawn", "parted"]
    assert ("order_folded_out", world.grandpa_li.pk) in told


def test_an_order_without_followers_releases_nobody(world, at):
    order = operations.fold_out(order=folded(world, at), by=world.by.sun, at=at)

    same = operations.release_folded(order=order, by=world.by.sun, at=at)
    assert same.version == order.version
