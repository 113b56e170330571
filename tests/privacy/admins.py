"""The three administrators of the small world, each a person who is nothing else."""

from typing import Any

from django.test import Client

from tests.world import SINCE
from yizhan.base.actor import Actor
from yizhan.people.acting import actor_for
from yizhan.people.models import Person, Post

ROLES = {"system_admin": "系统员", "security_admin": "安全员", "audit_admin": "审计员"}


def administrator(world: Any, role: str) -> tuple[Person, Actor]:
    """A new member of staff of the district in this role."""
    person = Person(name=ROLES[role], username=f"the.{role}")
    person.set_unusable_password()
    person.save()
    unit = world.units["D"]
    post = Post.objects.create(person=person, role=role, unit=unit, since_date=SINCE)
    return person, actor_for(person, post)


def browser(person: Person | None = None) -> Client:
    """A browser signed in as this person, or as nobody."""
    client = Client()
    if person is not None:
        client.force_login(person)
    return client
