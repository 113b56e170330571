"""Answers led as far as a test needs, and a browser for their pages."""

from itertools import count

import pytest
from django.test import Client

from tests.orders.stories import finished
from tests.privacy.papers import give
from yizhan.answers import operations
from yizhan.answers.models import PURPOSE
from yizhan.answers.operations import Told
from yizhan.privacy.operations import load_reference

TITLE, ASKED, DONE = "楼道的灯亮了", "楼道的灯坏了，晚上看不见台阶", "换了新灯，又查了一遍别的楼层"
_commands = count(1)


def told(kind="general", **more):
    """Words that any neighbour could have said."""
    return Told(**({"kind": kind, "title": TITLE, "asked": ASKED, "done": DONE} | more))


def agrees(world, at, **more):
    """王阿姨 lets her matters be told."""
    load_reference()
    return give(world, at, purpose=PURPOSE, **more)


def written(world, at, kind="general", order=None, **more):
    """Put into words by the clerk."""
    given = order or finished(world, at)
    return operations.write(order=given, told=told(kind, **more), by=world.by.sun, at=at)


def published(world, at, kind="general", order=None, **more):
    """Let out by the secretary."""
    answer = written(world, at, kind, order, **more)
    return operations.publish(answer=answer, by=world.by.ma, at=at)


class Browser:
    """What one visitor sends and gets on the pages of the answers."""

    def __init__(self, person=None):
        self.client = Client()
        if person is not None:
            self.client.force_login(person)

    def get(self, path=""):
        return self.client.get(f"/answers/{path}")

    def send(self, path, **fields):
        values = {"command_id": f"answer-{next(_commands)}", **fields}
        return self.client.post(f"/answers/{path}", values)


@pytest.fixture
def browser(world, at, settings, monkeypatch):
    settings.STAFF_TOTP_REQUIRED = False
    for name in ("orders.keys", "orders.stand_in", "answers.views"):
        monkeypatch.setattr(f"yizhan.{name}.now", lambda: at)
    return lambda who="": Browser(getattr(world, who) if who else None)
