"""Doors for the pages of advice and plans, with their clock held at the tests' moment."""

from itertools import count

import pytest
from django.test import Client
from django.urls import reverse

_commands = count(1)


class Door:
    """What one visitor sends and gets from the pages of this package."""

    def __init__(self, person=None):
        self.client = Client()
        if person is not None:
            self.client.force_login(person)

    def get(self, name, *args):
        return self.client.get(reverse(f"dispatch:{name}", args=args))

    def send(self, verb, *args, **fields):
        values = {"command_id": f"dispatch-{next(_commands)}", **fields}
        return self.client.post(reverse(f"dispatch:{verb}", args=args), values)


@pytest.fixture
def door(world, at, settings, monkeypatch):
    """`door("sun")` is 小孙's browser, `door()` a stranger's."""
    settings.STAFF_TOTP_REQUIRED = False
    monkeypatch.setattr("yizhan.dispatch.views.now", lambda: at)
    return lambda key="": Door(getattr(world, key) if key else None)
