"""Flags led as far as a test needs, and a browser for their pages."""

from itertools import count

import pytest
from django.test import Client

from tests.orders.stories import placed
from yizhan.conduct import operations
from yizhan.conduct.operations import Ruling
from yizhan.people.acting import actor_for
from yizhan.people.models import Person, Post

WHY, DECISION = "一天打来十一回，说的是同一件事", "同一件事已经在办，这段时间请看进展"
APPEAL, ANSWER = "后来又坏了一处，是新的事", "看过了，是新的情况，撤销"
_commands = count(1)


def officer(world, unit="S", name="吴向东", role="street_office"):
    """One more person of an office; in D, of the district."""
    person = Person.objects.create(name=name)
    post = Post.objects.create(
        person=person,
        role=role,
        unit=world.units[unit],
        since_date=world.sun.posts.get().since_date,
    )
    return actor_for(person, post)


def flagged(world, at, order=None, reason="repeated", by=None):
    """Said by the community's clerk."""
    given = order or placed(world, at)
    return operations.flag(order=given, reason=reason, words=WHY, by=by or world.by.sun, at=at)


def ruling(measure="limit", days=7, per_day=1, words=DECISION):
    return Ruling(measure, days, words, per_day)


def upheld(world, at, order=None, **more):
    """Agreed to by the street."""
    flag = flagged(world, at, order)
    return operations.uphold(flag=flag, ruling=ruling(**more), by=world.by.zhou, at=at)


def appealed(world, at, **more):
    """The asker says that it is not so."""
    flag = upheld(world, at, **more)
    return operations.appeal(flag=flag, words=APPEAL, by=world.by.aunt_wang, at=at)


class Browser:
    """What one visitor sends and gets on the pages of fair use."""

    def __init__(self, person=None):
        self.client = Client()
        if person is not None:
            self.client.force_login(person)

    def get(self, path=""):
        return self.client.get(f"/conduct/{path}")

    def send(self, path, **fields):
        values = {"command_id": f"conduct-{next(_commands)}", **fields}
        return self.client.post(f"/conduct/{path}", values)


@pytest.fixture
def browser(world, at, settings, monkeypatch):
    settings.STAFF_TOTP_REQUIRED = False
    for name in ("orders.keys", "orders.stand_in", "conduct.views", "orders.views.placing"):
        monkeypatch.setattr(f"yizhan.{name}.now", lambda: at)

    return lambda who="": Browser(getattr(world, who) if who else None)
