"""请给我回电话: a number is enough."""

from tests.orders.door import assert_kept, assert_sent_to
from tests.orders.traces import heard, last, step
from yizhan.base.actor import ANONYMOUS
from yizhan.orders import operations
from yizhan.orders.models import Order
from yizhan.routing.queries import fallback


def call(world, at, by=ANONYMOUS):
    return operations.call_back(
        phone="09173210000", name="李大爷", region=world.weigong, category=fallback(), by=by, at=at
    )


def test_a_number_is_enough(world, at):
    with heard() as told:
        order = call(world, at)

    assert (order.state, order.source, order.author) == ("placed", "call_back", None)
    assert (order.words.open(), order.contact_phone.open()) == ("请给我回电话", "09173210000")
    assert (order.brief, order.contact_name.open()) == ("居民求助", "李大爷")
    facts = {"source": "call_back", "category": "other", "station": "", "photos": 0}
    assert last(order) == step("placed", ANONYMOUS, at, **facts)
    arrived = sorted([("order_arrived", world.sun.pk), ("order_arrived", world.ma.pk)])
    assert told == [*arrived, ("order_placed", "09173210000")]


def test_with_an_account_it_is_ones_own(world, at):
    assert call(world, at, by=world.by.aunt_wang).author == world.aunt_wang


def test_the_page(door):
    answer = door().send("call_back", phone="0917-3210000", region="610302002002")

    order = Order.objects.get()
    assert_sent_to(answer, f"/orders/{order.receipt_code}/?new=1")
    assert order.contact_phone.open() == "09173210000"


def test_htmx(door):
    answer = door().send("call_back", htmx=True, phone="13800000099", region="610302002002")

    assert_sent_to(answer, f"/orders/{Order.objects.get().receipt_code}/?new=1", htmx=True)


def test_without_a_number_nothing_comes_and_the_rest_stays(door):
    answer = door().send("call_back", phone="", region="610302002002", name="李大爷")

    assert_kept(answer, "请留一个电话，好给您打回去", 'value="李大爷"')
    assert not Order.objects.exists()


def test_a_wrong_number_is_pointed_out_and_stays(door):
    answer = door().send("call_back", phone="138000", region="610302002002")

    assert_kept(answer, "请填手机号，或带区号的座机号", 'value="138000"')


def test_a_double_tap_asks_once(door):
    visitor, fields = door(), {"phone": "13800000099", "region": "610302002002"}
    first, second = (visitor.send("call_back", command_id="tap", **fields) for _ in range(2))

    assert first.headers["Location"] == second.headers["Location"]
    assert Order.objects.count() == 1
