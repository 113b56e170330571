"""Orders that nobody looks after, the worker's run at any moment, and a browser for the pages."""

from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from django.test import Client

from tests.orders import stories
from tests.orders.clockwork import MONDAY
from tests.orders.traces import heard
from yizhan.ladder.jobs import climb_at
from yizhan.ladder.models import Decision, Rung, Supervision

HOUR = timedelta(hours=1)
_commands = count(1)


def run(at) -> list[tuple[str, Any]]:
    """One run of the worker; who was told of what."""
    with heard() as told:
        climb_at(at)
    return told


def walk(start, end, *, down=(None, None), step=HOUR) -> list[tuple[Any, str, Any]]:
    """A run at every step but while the worker is down; each message with its moment."""
    told, at = [], start
    while at <= end:
        if not (down[0] and down[0] <= at < down[1]):
            told += [(at, kind, who) for kind, who in run(at)]
        at += step
    return told


def fired(order) -> list[tuple[str, str]]:
    """The rungs of an order, as they fired: the clock and the rung."""
    return list(Rung.objects.of(order).values_list("kind", "rung"))


def late(world, until, start=MONDAY):
    """Given to the first branch, taken by nobody, and the worker has run at this moment."""
    order = stories.invited(world, start)
    climb_at(until)
    return order


def supervised(world, start=MONDAY):
    """An order in hand of 小陈, late by a day: the 督办单 waits for the street."""
    order = stories.accepted(world, start)
    walk(start + 7 * 24 * HOUR, start + 8 * 24 * HOUR + 10 * HOUR)
    return Supervision.objects.get(order=order)


def referred(world, start=MONDAY):
    """The same, late by three days: people are to decide."""
    order = stories.accepted(world, start)
    walk(start + 7 * 24 * HOUR, start + 11 * 24 * HOUR, step=6 * HOUR)
    return Decision.objects.get(order=order)


class Browser:
    """What one visitor sends and gets on the pages of the ladder."""

    def __init__(self, person):
        self.client = Client()
        self.client.force_login(person)

    def get(self, path):
        return self.client.get(f"/ladder/{path}")

    def send(self, path, **fields):
        values = {"command_id": f"ladder-{next(_commands)}", **fields}
        return self.client.post(f"/ladder/{path}", values)


@pytest.fixture
def browser(world, settings, monkeypatch):
    settings.STAFF_TOTP_REQUIRED = False

    def at(who, moment):
        for name in ("orders.keys", "orders.stand_in", "ladder.views"):
            monkeypatch.setattr(f"yizhan.{name}.now", lambda: moment)
        return Browser(getattr(world, who))

    return at
