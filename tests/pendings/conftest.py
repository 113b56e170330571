"""Entries of the pending list led as far as a test needs, and a browser for their pages."""

from datetime import timedelta
from itertools import count

import pytest
from django.test import Client
from django.utils.timezone import localdate

from tests.orders.stories import received
from yizhan.orders.models import Order
from yizhan.pendings import operations
from yizhan.pendings.operations import Entry
from yizhan.people.models import Post

MEASURE = "先在楼道里放一盏应急灯"
RESULT = "楼道灯改好了"
_commands = count(1)


def entry(world, at, days=30, owner="ma", reason="money", measure=MEASURE):
    """Why, what meanwhile, who, and the day of the next look."""
    post = Post.objects.select_related("unit", "person").get(person=getattr(world, owner))
    return Entry(reason, measure, post, localdate(at) + timedelta(days=days))


def pended(world, at, order=None, **more):
    """Put on the list by the clerk, looked after by the secretary."""
    given = order or received(world, at)
    return operations.pend(order=given, entry=entry(world, at, **more), by=world.by.sun, at=at)


def proposed(world, at, **more):
    """Proposed by the clerk to be struck off."""
    pending = pended(world, at, **more)
    return operations.propose_strike_off(pending=pending, result=RESULT, by=world.by.sun, at=at)


class Browser:
    """What one visitor sends and gets on the pages of the pending list."""

    def __init__(self, person=None):
        self.client = Client()
        if person is not None:
            self.client.force_login(person)

    def get(self, order, verb=""):
        return self.client.get(f"/pendings/{key(order)}/{verb}")

    def send(self, order, verb, **fields):
        values = {"command_id": f"pending-{next(_commands)}", **fields}
        return self.client.post(f"/pendings/{key(order)}/{verb}", values)


def key(order):
    return order.code if isinstance(order, Order) else order


@pytest.fixture
def browser(world, at, settings, monkeypatch):
    settings.STAFF_TOTP_REQUIRED = False
    for name in ("orders.keys", "orders.stand_in", "pendings.views"):
        monkeypatch.setattr(f"yizhan.{name}.now", lambda: at)
    return lambda who="": Browser(getattr(world, who) if who else None)
