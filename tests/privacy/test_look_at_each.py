import pytest

from tests.orders import stories
from yizhan.orders.models import Order
from yizhan.privacy import operations
from yizhan.privacy.looked import at_person
from yizhan.privacy.models import Look

pytestmark = pytest.mark.django_db


def test_one_line_for_each_in_one_statement(world, at, django_assert_num_queries):
    orders = [stories.placed(world, at) for _ in range(3)]
    ids = [one.pk for one in orders]
    with django_assert_num_queries(3):
        count = operations.look_at_each(
            model=Order, ids=ids, kind="export", purpose="导出台账", by=world.by.sun, at=at
        )

    looks = Look.objects.order_by("pk")
    assert count == 3
    assert [one.subject_id for one in looks] == ids
    assert {
        (one.subject_type, one.kind, one.purpose, one.actor_id, one.post_id) for one in looks
    } == {("orders.order", "export", "导出台账", world.sun.pk, world.by.sun.post_id)}


def test_whose_order_it_is_learns_of_it(world, at):
    order = stories.placed(world, at)
    operations.look_at_each(
        model=Order, ids=[order.pk], kind="export", purpose="导出台账", by=world.by.sun, at=at
    )

    assert [one.subject_id for one in at_person(world.aunt_wang)] == [order.pk]
    assert not at_person(world.grandpa_li).exists()
