"""What the advice and the plans read: the same number of queries for one order or for hundreds.

Nothing here reads what somebody answered to an invitation.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from statistics import fmean

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.timezone import localdate

from yizhan.base.actor import Actor
from yizhan.base.steps import Step
from yizhan.base.switches import where_on
from yizhan.dispatch.models import Plan, Proposal
from yizhan.dispatch.rules import MONTH, WEEK, Helper, Need
from yizhan.orders.models import Invitation, Order, OrderQuerySet
from yizhan.orders.queries import in_hand, is_late, roles_with
from yizhan.orders.states import State
from yizhan.orders.whom import TIMES, is_free
from yizhan.people.models import Post, Unit
from yizhan.places.coordinates import Point
from yizhan.places.models import Station

MOST = 200
PLANS = 10
TAKEN = ("accepted", "handed_over")


@dataclass(frozen=True, slots=True)
class Facts:
    """Of some orders: what each needs, and who of its unit could be asked. `posts` by person."""

    needs: Mapping[int, Need]
    posts: Mapping[int, Post]
    helpers: Mapping[int, Helper]
    members: Mapping[int, Sequence[int]]
    asked: Mapping[int, frozenset[int]]

    def helpers_for(self, order_id: int) -> list[Helper]:
        """Who of the unit could be asked to take one order."""
        asked = self.asked.get(order_id, frozenset())
        found = [self.helpers[person] for person in self.members.get(order_id, ())]
        return [replace(one, is_asked=True) if one.person_id in asked else one for one in found]


def facts_for(orders: Iterable[Order], at: datetime) -> Facts:
    """Everything the rules ask about these orders: five queries. Orders come `with_names()`.

    Of orders that somebody has taken by now, or that went back, nothing is told.
    """
    orders = [order for order in orders if order.unit and order.state == State.DISPATCHED]
    posts = _posts({order.unit.path for order in orders if order.unit}, at)
    by_person = {post.person_id: post for post in reversed(posts)}
    paths: dict[int, set[str]] = {}
    skills: dict[int, list[str]] = {}
    for post in posts:
        paths.setdefault(post.person_id, set()).add(post.unit.path)
        skills.setdefault(post.person_id, []).append(post.skills)
    points = _points(orders, by_person.values())
    open_invitations = _invitations(by_person)
    return Facts(
        needs={order.pk: _need(order, points, at) for order in orders},
        posts=by_person,
        helpers=_helpers(by_person, skills, points, open_invitations, at),
        members={order.pk: _members(order, paths) for order in orders},
        asked=_by_order(open_invitations),
    )


def _posts(paths: set[str], at: datetime) -> list[Post]:
    """The posts in these units whose role may take orders, with person, unit and times."""
    within = Q(pk__in=[])
    for path in sorted(paths):
        within |= Q(unit__path__startswith=path)
    held = Post.objects.on(localdate(at)).filter(within, role__in=roles_with("orders.accept"))
    rows = held.select_related("person__availability", "person__home", "unit__region").only(
        "skills",
        "person__code",
        "person__name",
        "person__home__code",
        *TIMES,
        "unit__name",
        "unit__path",
        "unit__region__code",
    )
    return list(rows.order_by("pk"))


def _members(order: Order, paths: Mapping[int, set[str]]) -> list[int]:
    """Who holds a post in the order's unit or below it, but for who asked."""
    unit = order.unit.path if order.unit else ""
    return [
        person
        for person, held in paths.items()
        if person != order.author_id and any(path.startswith(unit) for path in held)
    ]


def _helpers(
    posts: Mapping[int, Post],
    skills: Mapping[int, Sequence[str]],
    points: Mapping[str, Point],
    invitations: Sequence[tuple[int, int]],
    at: datetime,
) -> dict[int, Helper]:
    load, taken = in_hand(posts), _taken(posts, at)
    waiting = Counter(person for _, person in invitations)
    return {
        person: Helper(
            person_id=person,
            skills="、".join(filter(None, skills[person])),
            point=points.get(_home(post)),
            in_hand=load.get(person, 0),
            waiting=waiting[person],
            week=taken.get(person, (0, 0))[0],
            month=taken.get(person, (0, 0))[1],
            is_free=is_free(post, at),
        )
        for person, post in posts.items()
    }


def _home(post: Post) -> str:
    """The community somebody sets out from: where they live, else where their unit is."""
    return post.person.home.code if post.person.home else post.unit.region.code


def _taken(people: Iterable[int], at: datetime) -> dict[int, tuple[int, int]]:
    """How many orders each has taken and still has or has done: in a week, and in a month."""
    people, since = list(people), at - timedelta(days=MONTH)
    theirs = Order.objects.filter(
        Q(finished_at=None) | Q(finished_at__gte=since), handler__in=people
    )
    steps = Step.objects.filter(
        subject_type=Order._meta.label_lower,
        subject_id__in=theirs.values("pk"),
        kind__in=TAKEN,
        actor__in=people,
        at__gte=since,
    )
    lately = Q(at__gte=at - timedelta(days=WEEK))
    rows = steps.values_list("actor").annotate(
        week=Count("subject_id", distinct=True, filter=lately),
        month=Count("subject_id", distinct=True),
    )
    return {actor: (week, month) for actor, week, month in rows}


def _invitations(people: Iterable[int]) -> list[tuple[int, int]]:
    """Order and person of what is asked of these people and nobody has taken yet.

    Whatever each of them said: an answer changes nothing here.
    """
    asked = Invitation.objects.filter(
        person__in=list(people),
        is_hand_over=False,
        order__state=State.DISPATCHED,
        round=F("order__round"),
    )
    return list(asked.order_by("pk").values_list("order", "person"))


def _by_order(invitations: Iterable[tuple[int, int]]) -> dict[int, frozenset[int]]:
    found: dict[int, set[int]] = {}
    for order, person in invitations:
        found.setdefault(order, set()).add(person)
    return {order: frozenset(people) for order, people in found.items()}


def _points(orders: Sequence[Order], posts: Iterable[Post]) -> dict[str, Point]:
    """Where each community is: its centre, else the middle of its stations."""
    codes = {order.region_code for order in orders} | {_home(post) for post in posts}
    rows = Station.objects.listed().filter(region__code__in=codes)
    kept: dict[str, list[Station]] = {}
    for station in rows.select_related("region").order_by("pk"):
        kept.setdefault(station.region.code, []).append(station)
    return {code: _middle(found) for code, found in kept.items()}


def _middle(stations: Sequence[Station]) -> Point:
    chosen = [one for one in stations if one.is_centre][:1] or stations
    return Point(fmean(one.latitude for one in chosen), fmean(one.longitude for one in chosen))


def _need(order: Order, points: Mapping[str, Point], at: datetime) -> Need:
    return Need(
        order_id=order.pk,
        skill=order.category.skill,
        point=order.station.point if order.station else points.get(order.region_code),
        level=order.level,
        is_late=is_late(order, at),
    )


def waiting(by: Actor, *, unit: Unit | None = None, asked_too: bool = False) -> list[Order]:
    """The orders of the actor's area or unit that nobody has taken, the nearest promise first.

    Those for which nobody was asked in this round; `asked_too` adds the others.
    """
    orders = _in_scope(by).filter(state=State.DISPATCHED)
    if unit is not None:
        orders = orders.filter(unit__path__startswith=unit.path)
    if not asked_too:
        asked = Invitation.objects.filter(order=OuterRef("pk"), round=OuterRef("round"))
        orders = orders.exclude(Exists(asked))
    return list(orders.with_names().order_by("finish_by", "pk")[:MOST])


def _in_scope(by: Actor) -> OrderQuerySet:
    orders = Order.objects.switched_on()
    if by.area:
        return orders.filter(region_code__startswith=by.area)
    return orders.filter(unit__path__startswith=by.unit_path) if by.unit_path else orders.none()


def units_of(orders: Iterable[Order]) -> list[Unit]:
    """The units that have these orders, by name."""
    found = {order.unit.pk: order.unit for order in orders if order.unit}
    return sorted(found.values(), key=lambda unit: (unit.name, unit.pk))


def draft_of(by: Actor) -> Plan | None:
    """The plan that waits to be sent for this actor's orders."""
    return Plan.objects.visible_to(by).of_scope(by).filter(state=Plan.State.DRAFT).first()


def sent_before(by: Actor) -> list[Plan]:
    """The plans that were sent for this actor's orders, the newest first."""
    plans = Plan.objects.visible_to(by).of_scope(by).filter(state=Plan.State.SENT)
    return list(plans.order_by("-pk")[:PLANS])


def proposals_of(plan: Plan) -> "QuerySet[Proposal]":
    """The rows of a plan, the nearest promise first, with what a page and the rules read.

    Where orders were switched off since, they are not shown, and nobody is invited to them.
    """
    rows = plan.proposals.filter(where_on("orders", "order__region_code")).select_related(
        "person", "order__category", "order__region", "order__station", "order__unit"
    )
    return rows.order_by("order__finish_by", "order")
