"""Orders done and rated, and the calls and ratings to be put right that follow."""

from datetime import timedelta
from itertools import count

import pytest
from django.test import Client

from tests.orders.stories import finished, rated
from yizhan.base.actor import CLOCK
from yizhan.callbacks import operations
from yizhan.callbacks.models import Callback, Rectification
from yizhan.orders import operations as orders
from yizhan.orders.models import Order
from yizhan.ratings.models import Level, Solved

WORSE = "没修好，还把墙弄脏了"
_commands = count(1)


def badly_rated(world, at, level=Level.BAD, solved=Solved.NO):
    """Done by 小陈, and 王阿姨 is not content."""
    order = finished(world, at)
    given = {"level": level, "solved": solved, "words": WORSE}
    return orders.rate(order=order, by=world.by.aunt_wang, at=at, **given)


def drawn(world, at, order=None):
    """A call to be made because of a bad rating."""
    return operations.draw(order=order or badly_rated(world, at), by=CLOCK, at=at)


def opened(world, at):
    """A bad rating to be put right."""
    drawn(world, at)
    return Rectification.objects.get()


class Browser:
    """What one visitor sends and gets."""

    def __init__(self, person=None):
        self.client = Client()
        if person is not None:
            self.client.force_login(person)

    def get(self, path):
        return self.client.get(path)

    def send(self, path, **fields):
        values = {"command_id": f"callback-{next(_commands)}", **fields}
        return self.client.post(path, values)


@pytest.fixture
def browser(world, at, settings, monkeypatch):
    settings.STAFF_TOTP_REQUIRED = False
    for name in ("orders.keys", "callbacks.views"):
        monkeypatch.setattr(f"yizhan.{name}.now", lambda: at)
    return lambda who="": Browser(getattr(world, who) if who else None)


@pytest.fixture
def lots(monkeypatch):
    """Say of each order whether the lot falls on it."""

    def fall(number):
        drawn = (number).to_bytes(4) + bytes(28)
        monkeypatch.setattr("yizhan.callbacks.rules.crypto.index", lambda *_, **__: drawn)

    return fall


WEEK = timedelta(days=7)
__all__ = ["Callback", "Order", "rated"]
