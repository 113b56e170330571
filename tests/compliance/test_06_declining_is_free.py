"""Line 6: a decline leaves no trace that others see, and nobody can be made to take an order."""

import inspect
import re

import pytest

from tests.orders.conftest import door
from tests.orders.stories import invited
from yizhan.orders import operations
from yizhan.orders.figures import Period, summary
from yizhan.orders.models import Order
from yizhan.portal.api import api

__all__ = ["door"]
CHANGING = re.compile(r'name="(csrfmiddlewaretoken|command_id)" value="[^"]*"')
OTHERS = ("sun", "ma", "zhou", "liu", "he", "aunt_wang")
FORCED = re.compile(r"(?i)assign|compel|force|oblige")


def seen(door, world, order):
    """What everybody else sees of the order and on the lists."""
    pages = {}
    for who in OTHERS:
        visitor = door(who)
        for name, args in (("show", [order]), ("board", []), ("table", []), ("pool", [])):
            answer = visitor.get(name, *args)
            pages[who, name] = (answer.status_code, CHANGING.sub("", answer.text))
    return pages


def test_nobody_else_can_tell(world, at, door):
    order = invited(world, at, world.chen, world.he)
    period = Period.around("month", at.date())
    before = seen(door, world, order)
    figures = {who: summary(getattr(world.by, who), period, at) for who in OTHERS}
    steps = {who: list(order.steps_for(getattr(world.by, who))) for who in OTHERS}
    row = Order.objects.filter(pk=order.pk).values().get()
    operations.decline(order=order, by=world.by.chen, at=at)

    assert seen(door, world, order) == before
    assert {who: summary(getattr(world.by, who), period, at) for who in OTHERS} == figures
    assert {who: list(order.steps_for(getattr(world.by, who))) for who in OTHERS} == steps
    assert Order.objects.filter(pk=order.pk).values().get() == row
    invitation = order.invitations.get(person=world.chen)
    for who in OTHERS:
        kinds = [step.kind for step in invitation.steps_for(getattr(world.by, who))]
        assert kinds == ["invited"], who
    assert [step.kind for step in invitation.steps_for(world.by.chen)] == ["invited", "declined"]


@pytest.mark.django_db
def test_only_oneself_takes_an_order():
    assert set(inspect.signature(operations.accept).parameters) == {"order", "by", "at"}
    assert not [name for name in operations.__all__ if FORCED.search(name)]
    schema = api.get_openapi_schema()["paths"]
    assert not [path for path in schema if FORCED.search(path)]
    (accept,) = [path for path in schema if path.endswith("/accept")]
    assert "requestBody" not in schema[accept]["post"]
