"""A plan of invitations that waits to be looked at, and people who said when they can help."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.timezone import localdate

from yizhan.base.actor import Actor
from yizhan.dispatch import operations, queries
from yizhan.people import operations as people_acts
from yizhan.people.acting import actor_for
from yizhan.people.models import Person, Post

EVENINGS = [[weekday, 1080, 1260] for weekday in range(1, 8)]


def draw(people: Mapping[str, Person], at: datetime) -> None:
    """One member is free in the evenings; each clerk of the cast has a plan for what waits."""
    members = [person for person in people.values() if _post(person, "member", at)]
    for person in members[:1]:
        by = actor_for(person, None, "demo")
        people_acts.keep_times(person=person, free=EVENINGS, by=by, at=at)
    for clerk in _clerks(people, at):
        if queries.waiting(clerk):
            operations.draw_up(by=clerk, at=at)


def _clerks(people: Mapping[str, Person], at: datetime) -> list[Actor]:
    held = ((person, _post(person, "clerk", at)) for person in people.values())
    return [actor_for(person, post, "demo") for person, post in held if post]


def _post(person: Person, role: str, at: datetime) -> Post | None:
    posts = Post.objects.on(localdate(at)).filter(person=person, role=role)
    return posts.select_related("unit__region").first()
