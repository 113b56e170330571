"""Whom an order can go to, and who is told of it: units, their people, their leaders."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from yizhan.base.actor import Actor
from yizhan.orders.models import Order
from yizhan.orders.queries import asked_in_round, in_hand, roles_with
from yizhan.people.availability import may_be_asked
from yizhan.people.models import Post, Unit
from yizhan.regions.models import Region

TIMES = ("person__availability__free", "person__availability__paused_until")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Someone who may be invited: self-declared skills, present load, whether now is a good time.

    Of the times a person has given nothing is told but yes or no.
    """

    post: Post
    load: int
    is_asked: bool
    is_free: bool = True


def candidates(order: Order, at: datetime) -> list[Candidate]:
    """Who in the unit can be invited, those not yet asked and with the least in hand first."""
    if order.unit is None:
        return []
    posts = (
        Post.objects.on(localdate(at))
        .filter(unit__path__startswith=order.unit.path, role__in=roles_with("orders.accept"))
        .exclude(person=order.author_id or 0)
        .select_related("person__availability", "unit")
        .only("skills", "person__code", "person__name", "unit__name", *TIMES)
        .order_by("pk")
    )
    people = {post.person_id: post for post in reversed(posts)}
    asked = set(asked_in_round(order))
    load = in_hand(people)
    found = [
        Candidate(post, load.get(pk, 0), pk in asked, is_free(post, at))
        for pk, post in people.items()
    ]
    return sorted(found, key=lambda c: (c.is_asked, not c.is_free, c.load, c.post.pk))


def is_free(post: Post, at: datetime) -> bool:
    """Whether who holds this post may be asked now; their times are read with the post."""
    return may_be_asked(getattr(post.person, "availability", None), at)


def units_for(order: Order) -> list[Unit]:
    """Units an order can go to: the community's own and those below it, its street's, partners."""
    units = _at_hand(order).select_related("region")
    usual = [order.category.handler, *_NEAREST]
    return sorted(units, key=lambda unit: (usual.index(unit.kind), -len(unit.region.code), unit.pk))


def can_reach(unit: Unit, order: Order) -> bool:
    """Whether the order can go to this unit."""
    return _at_hand(order).filter(pk=unit.pk).exists()


def _at_hand(order: Order) -> QuerySet[Unit]:
    street, district = order.region_code[:9], order.region_code[:6]
    near = Q(region__code=order.region_code) | Q(region__code=street, kind__in=_STREET_WIDE)
    far = Q(region__code=district, kind__in=_DISTRICT_WIDE)
    return Unit.objects.current().filter(near | far)


_NEAREST = (
    "branch",
    "team",
    "community",
    "property",
    "partner",
    "street",
    "department",
    "district",
)
_STREET_WIDE = ("street", "team", "property", "partner")
_DISTRICT_WIDE = ("team", "partner", "department")


def colleagues(order: Order, by: Actor, day: date) -> list[Post]:
    """Whom the handler may ask to take the order over: the others of the same unit."""
    if order.unit is None:
        return []
    posts = (
        Post.objects.on(day)
        .filter(unit__path__startswith=order.unit.path, role__in=roles_with("orders.accept"))
        .exclude(person__in=[by.person_id or 0, order.author_id or 0])
        .select_related("person")
        .only("skills", "person__code", "person__name")
    )
    return list({post.person_id: post for post in posts.order_by("-pk")}.values())


def triagers(region: Region, day: date) -> list[int]:
    """The persons whose posts triage orders of this very community."""
    posts = Post.objects.on(day).filter(
        unit__region__code=region.code, role__in=["clerk", "secretary"]
    )
    return list(posts.values_list("person", flat=True).distinct())


def deciders(order: Order, day: date) -> list[int]:
    """The persons at the order's street whose posts decide where it goes."""
    street = order.region_code[:9]
    posts = Post.objects.on(day).filter(
        unit__region__code=street, role__in=roles_with("orders.rule")
    )
    return list(posts.values_list("person", flat=True).distinct())


def leaders(unit: Unit, day: date) -> list[int]:
    """The persons who answer for a unit: those who may send its orders back."""
    posts = Post.objects.on(day).filter(unit=unit, role__in=roles_with("orders.send_back"))
    return list(posts.values_list("person", flat=True).distinct())
