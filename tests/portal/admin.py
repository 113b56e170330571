"""A system administrator of the small world, and their browser."""

from itertools import count
from typing import Any

from django.test import Client

from tests.world import SINCE
from yizhan.base.actor import Actor
from yizhan.people.acting import actor_for
from yizhan.people.models import Post

PAGE = "/settings/modules"
_commands = count(1)


def administrator(world: Any) -> Actor:
    """周文斌, who keeps the system here; no region is theirs."""
    post = Post.objects.create(
        person=world.zhou, role="system_admin", unit=world.units["D"], since_date=SINCE
    )
    Post.objects.filter(person=world.zhou).exclude(pk=post.pk).delete()
    return actor_for(world.zhou, post)


def browser(person: Any = None) -> Client:
    """A browser signed in as this person, or as nobody."""
    client = Client()
    if person is not None:
        client.force_login(person)
    return client


def send(client: Client, path: str, **fields: Any) -> Any:
    """A form with a command id of its own."""
    return client.post(path, {"command_id": f"switch-{next(_commands)}", **fields})
