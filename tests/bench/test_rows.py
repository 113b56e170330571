import pytest
from django.db import connection
from django.db.models import F

from tests.orders.traces import kinds
from yizhan.base import chain
from yizhan.bench import rows
from yizhan.bench.cast import hire
from yizhan.orders import operations
from yizhan.orders.models import Order
from yizhan.people.acting import actor_for
from yizhan.people.models import Post

N = 20


@pytest.fixture
def lanes(world, at):
    made = hire(at)
    assert rows.fill(made, N, at) == N
    return made


def acting(person):
    return actor_for(person, Post.objects.select_related("unit__region").get(person=person))


def test_the_rows_are_as_valid_as_placed_ones(lanes, at):
    connection.check_constraints()

    orders = list(Order.objects.with_names().order_by("pk"))
    assert len(orders) == N
    assert Order.objects.on_board().count() == rows.open_of(N)
    assert {order.state for order in orders} == {*rows.STILL_OPEN, "rated"}
    for order in orders:
        assert order.summary
        assert order.contact_phone.open() == "13800000000"
        assert Order.objects.of_receipt(order.receipt_code) == order
        assert order.region_code == order.region.code
    assert rows.fill(lanes, N, at) == 0


def test_the_history_of_every_tenth_is_sealed_and_whole(lanes):
    tenth = list(Order.objects.order_by("pk"))[:: rows.WITH_STEPS]

    for order in tenth:
        assert [step.seq for step in order.steps] == list(range(1, order.version + 1))
        assert set(kinds(order)) <= set(Order.STEPS)
    assert chain.verify() == []


def test_work_goes_on_from_such_a_row(lanes, at):
    lane = lanes[0]
    order = Order.objects.filter(state="received").first()

    operations.dispatch(order=order, unit=lane.branch, pool=True, by=acting(lane.clerk), at=at)
    taken = operations.accept(order=order, by=acting(lane.members[0]), at=at)
    done = operations.finish(order=taken, result="换好了", by=acting(lane.members[0]), at=at)

    assert done.state == "finished"
    assert kinds(done)[-3:] == ["dispatched", "accepted", "finished"]
    chain.seal_waiting(at=at)
    assert chain.verify() == []
    assert not Order.objects.filter(version__lt=F("round")).exists()
