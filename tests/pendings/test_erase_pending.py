"""The words of an entry go with those of its order."""

from tests.pendings.conftest import MEASURE, RESULT, proposed
from yizhan.orders import cases
from yizhan.orders import operations as orders
from yizhan.orders.models import Order
from yizhan.pendings import operations
from yizhan.pendings.models import Pending


def test_measure_result_and_remarks_go(world, at):
    pending = proposed(world, at)
    operations.strike_off(pending=pending, by=world.by.ma, at=at)
    order = Order.objects.with_names().get()
    assert cases.copies(order) == {"挂账时的安排": MEASURE}

    orders.erase_words(order=order, by=world.by.aunt_wang, at=at)

    pending = Pending.objects.get()
    assert (pending.measure, pending.result, pending.erased_at) == (None, None, at)
    assert [one.remark.text for one in pending.steps if one.remark] == []
    assert cases.copies(order) == {}
    assert RESULT not in str([one.facts for one in pending.steps])


def test_twice_changes_nothing(world, at):
    pending = proposed(world, at)

    assert operations.erase_pending(order=pending.order, by=world.by.sun, at=at) == 1
    assert operations.erase_pending(order=pending.order, by=world.by.sun, at=at) == 0
