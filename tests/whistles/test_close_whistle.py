"""结束吹哨: what came of it; the order goes on by its own verbs."""

from tests.orders.traces import heard, last, refused, step
from tests.whistles.stories import blown, call_of, closed, there
from yizhan.clocks.calendar import add_working
from yizhan.orders import operations as orders
from yizhan.orders.models import Order
from yizhan.regions.district import profile
from yizhan.whistles import operations


def test_every_unit_that_came_is_asked_for_its_view(world, at):
    whistle = there(world, at)
    operations.call_unit(whistle=whistle, unit=world.units["B2"], by=world.by.zhou, at=at)
    operations.cancel_call(call=call_of(whistle, "B2"), words="人够", by=world.by.zhou, at=at)
    with heard() as told:
        whistle = operations.close_whistle(
            whistle=whistle, words="险情排除", by=world.by.zhou, at=at
        )

    shown = add_working(at, days=10, office_hours=profile().office_hours)
    assert (whistle.state, whistle.closed_at, whistle.shown_at) == ("closed", at, shown)
    moved = {"from": "open", "to": "closed"}
    assert last(whistle) == step("closed", world.by.zhou, at, words="险情排除", **moved)
    assert told == [("whistle_closed", world.liu.pk), ("whistle_closed", world.anju.pk)]


def test_the_order_goes_on(world, at):
    whistle = closed(world, at)
    order = Order.objects.get(pk=whistle.order_id)

    assert order.state == "escalated"
    order = orders.dispatch(order=order, unit=world.units["P"], pool=False, by=world.by.zhou, at=at)
    assert order.state == "dispatched"


def test_then_another_may_be_blown(world, at):
    assert blown(world, at, order=closed(world, at).order).state == "open"


def test_once_and_by_the_street(world, at):
    whistle, over = blown(world, at), closed(world, at)

    with refused("not_your_post", "由吹哨的街道来做"):
        operations.close_whistle(whistle=whistle, words="好了", by=world.by.anju, at=at)
    with refused("wrong_state", "已经结束"):
        operations.close_whistle(whistle=over, words="好了", by=world.by.zhou, at=at)


def test_the_page(world, at, desk):
    whistle = blown(world, at)
    missing = desk("zhou").send("whistles:close_whistle", whistle.code, words="")
    assert (missing.status_code, "请写一句结果" in missing.text) == (422, True)
    sent = desk("zhou").send("whistles:close_whistle", whistle.code, words="险情排除")
    assert sent.status_code == 302
    again = desk("zhou").send("whistles:close_whistle", whistle.code, words="险情排除")
    assert again.status_code == 409
