"""Who has no account has a receipt; what it opens ends too."""

import pytest

from tests.orders import stories
from tests.orders.traces import refused
from tests.privacy.cases import sealed_texts
from yizhan.base.models import Notice
from yizhan.orders import operations as orders
from yizhan.orders.models import Order
from yizhan.privacy import operations


def asked_at_the_counter(world, at, kind="delete", *, is_open=False):
    order = stories.anonymous(world, at)
    if not is_open:
        orders.withdraw(order=order, reason="不用了", by=stories.holder(order), at=at)
    return operations.enter_request(
        kind=kind,
        words="请删掉我的电话",
        identity="in_person",
        person=None,
        record=order,
        by=world.by.sun,
        at=at,
    )


def test_all_of_it_goes(world, at):
    asked = asked_at_the_counter(world, at)
    Notice.objects.filter(sent_at=None).update(sent_at=at)

    operations.forget_record(asked=asked, by=world.by.sun, at=at)

    assert Order.objects.get().words is None
    left = {column for column, _ in sealed_texts() if not column.startswith("people.")}
    assert left == {"orders.order.receipt"}


def test_not_while_it_is_open(world, at):
    asked = asked_at_the_counter(world, at, is_open=True)

    with refused("still_needed", "还在办"):
        operations.forget_record(asked=asked, by=world.by.sun, at=at)


@pytest.mark.parametrize(
    ("who", "kind", "code"),
    [
        ("feng", "delete", "not_your_post"),
        ("qian", "delete", "not_your_post"),
        ("sun", "explain", "not_asked"),
    ],
)
def test_who_may_and_what_for(world, at, who, kind, code):
    asked = asked_at_the_counter(world, at, kind)

    with refused(code, "申请|要求"):
        operations.forget_record(asked=asked, by=getattr(world.by, who), at=at)
