"""How one invented order came to where it stands: by the acts of the demo's people."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import localdate

from yizhan.base.actor import ANONYMOUS, CLOCK, Actor
from yizhan.orders import operations
from yizhan.orders.models import Order
from yizhan.orders.operations.placing import Wish
from yizhan.orders.states import Source
from yizhan.people.acting import acting_for, actor_for
from yizhan.people.models import How, Person, Post, Unit
from yizhan.people.roles import ROLES
from yizhan.ratings.models import Level, Solved
from yizhan.regions.models import Region
from yizhan.routing.models import Category

MAKER = CLOCK.through("demo")
PATH = ("placed", "received", "dispatched", "accepted", "finished", "rated")
NO_ACCOUNT_PHONE = "13800000000"


def tell(row: Mapping[str, Any], people: Mapping[str, Person], at: datetime) -> Order:
    """Place the order `hours` ago and lead it as far as `to`, each act a while after the last."""
    start = at - timedelta(hours=row["hours"])
    pause = min(timedelta(hours=row["hours"]) / 8, timedelta(hours=6))
    asker = people.get(row["who"])
    order = _placed(row, asker, start)
    clerk = _clerk(order.region)
    if row["to"] == "asking":
        return operations.ask(order=order, question=row["question"], by=clerk, at=start + pause)
    for number, name in enumerate(PATH[1:], 1):
        if PATH.index(row["to"]) < number:
            break
        order = _ACTS[name](Scene(order, row, people, clerk, start + number * pause))
    return order


def _placed(row: Mapping[str, Any], asker: Person | None, at: datetime) -> Order:
    wish = Wish(
        words=row["words"],
        category=Category.objects.get(code=row["category"]),
        region=Region.objects.current().get(code=row["region"]),
        place=row.get("place", ""),
        contact_name="" if asker is None else asker.full_name,
        contact_phone=NO_ACCOUNT_PHONE if asker is None else _number(asker),
    )
    if asker and asker.notice_version:
        by = _clerk(wish.region)
        by = acting_for(by, asker, how=How.IN_PERSON, day=localdate(at)) or by
        return operations.enter(wish=wish, source=Source.WALK_IN, by=by, at=at)
    by = ANONYMOUS.through("demo") if asker is None else actor_for(asker, None, "demo")
    return operations.place(wish=wish, by=by, at=at)


def _number(person: Person) -> str:
    return str(person.phone.open()) if person.phone else ""


def _clerk(region: Region) -> Actor:
    """The clerk of a community, or the maker with a clerk's powers."""
    post = (
        Post.objects.filter(role="clerk", unit__region=region)
        .select_related("person", "unit__region")
        .first()
    )
    if post:
        return actor_for(post.person, post, "demo")
    return replace(MAKER, powers=ROLES["clerk"].powers, area=region.code)


def member(people: Mapping[str, Person], key: str) -> Actor:
    """A person of the cast, acting in their post."""
    person = people[key]
    return actor_for(person, person.posts.select_related("unit__region").first(), "demo")


@dataclass(frozen=True, slots=True)
class Scene:
    """What an act of the story knows: the order, its row in the file, the cast, the clerk, when."""

    order: Order
    row: Mapping[str, Any]
    people: Mapping[str, Person]
    clerk: Actor
    at: datetime


def _receive(scene: Scene) -> Order:
    return operations.admit(order=scene.order, by=scene.clerk, at=scene.at)


def _dispatch(scene: Scene) -> Order:
    unit = Unit.objects.get(code=f"B{scene.order.region_code}-{scene.row['branch']}")
    return operations.dispatch(order=scene.order, unit=unit, pool=True, by=scene.clerk, at=scene.at)


def _accept(scene: Scene) -> Order:
    by = member(scene.people, scene.row["handler"])
    return operations.accept(order=scene.order, by=by, at=scene.at)


def _finish(scene: Scene) -> Order:
    by = member(scene.people, scene.row["handler"])
    return operations.finish(order=scene.order, result=scene.row["result"], by=by, at=scene.at)


def _rate(scene: Scene) -> Order:
    return operations.rate(
        order=scene.order,
        level=Level(scene.row["level"]),
        solved=Solved(scene.row["solved"]),
        words="",
        by=actor_for(scene.people[scene.row["who"]], None, "demo"),
        at=scene.at,
    )


_ACTS = {
    "received": _receive,
    "dispatched": _dispatch,
    "accepted": _accept,
    "finished": _finish,
    "rated": _rate,
}
