"""Reads that join tables or feed a screen."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, OuterRef, Subquery

from yizhan.base.actor import Actor
from yizhan.base.sealed import Sealed
from yizhan.base.steps import Step
from yizhan.clocks.calendar import promise_text
from yizhan.clocks.models import Clock
from yizhan.orders.models import Invitation, Order, Photo, SavedFilter
from yizhan.orders.rules import NOTHING, UNDO_MINUTES, UNDOABLE, Facts, Last
from yizhan.orders.states import OPEN, TRIAGE, State
from yizhan.people.models import Person, Post
from yizhan.people.roles import ROLES

PAGE = 50
IN_HAND = (State.ACCEPTED, State.ASKING)
STILL = (State.ASKING, State.PENDING)
HANDS = ("accepted", "handed_over", "finished")
TO_TAKE = (State.DISPATCHED, State.ACCEPTED)


def roles_with(power: str) -> list[str]:
    """The codes of the roles that carry this power."""
    return [role.code for role in ROLES.values() if power in role.powers]


def in_hand(person_ids: Iterable[int]) -> dict[int, int]:
    """How many orders each person has accepted and not finished."""
    rows = (
        Order.objects.filter(handler__in=list(person_ids), state__in=IN_HAND)
        .values_list("handler")
        .annotate(n=Count("pk"))
    )
    return dict(rows)


def facts_for(orders: Iterable[Order], by: Actor) -> dict[int, Facts]:
    """What the rules must know of these orders for this actor, in at most two queries.

    Only an order that somebody else may take or take over is asked about; how many somebody has
    in hand counts only while there is one to take.
    """
    orders = list(orders)
    if by.on_behalf_of is not None:
        return {order.pk: Facts(own_work=own_work(order, by)) for order in orders}
    asked = [o for o in orders if o.state in TO_TAKE and _is_of_others(o, by)]
    if not by.person_id or not asked:
        return {order.pk: NOTHING for order in orders}
    rounds = {order.pk: order.round for order in asked}
    mine = {
        invitation.order_id: invitation
        for invitation in Invitation.objects.filter(order__in=rounds, person=by.person_id)
        if invitation.round == rounds[invitation.order_id]
    }
    to_take = any(o.pool or o.pk in mine for o in asked)
    hand = in_hand([by.person_id]) if to_take and by.may("orders.accept") else {}
    return {order.pk: _facts(mine.get(order.pk), hand.get(by.person_id, 0)) for order in orders}


def own_work(order: Order, by: Actor) -> bool:
    """Whether this person took or finished the order, or ever had a post in the unit that did."""
    hands = order.steps.filter(actor=by.person_id or 0, kind__in=HANDS)
    path = order.unit.path if order.unit else ""
    posts = Post.objects.filter(person=by.person_id or 0, unit__path__startswith=path)
    return hands.exists() or (bool(path) and posts.exists())


def _is_of_others(order: Order, by: Actor) -> bool:
    return by.person_id not in (order.author_id, order.handler_id)


def _facts(invitation: Invitation | None, hand: int) -> Facts:
    if invitation is None:
        return Facts(in_hand=hand)
    waiting = invitation.state == Invitation.State.SENT
    return Facts(
        invited=waiting,
        taking_over=waiting and invitation.is_hand_over,
        declined=invitation.state == Invitation.State.DECLINED,
        in_hand=hand,
    )


def facts_of(order: Order, by: Actor) -> Facts:
    """The facts of one order for one actor."""
    return facts_for([order], by)[order.pk]


def last_step(order: Order) -> Step:
    """The newest step of an order, with its words."""
    return order.steps.select_related("remark").get(seq=order.version)


def last_of(order: Order, step: Step) -> Last:
    """What `can_undo` must know of the last step. Only a dispatch asks for invitations."""
    return Last(
        kind=step.kind,
        person_id=step.actor_id,
        at=step.at,
        before=str(step.facts.get("from", step.facts.get("before", ""))),
        invited=step.kind == "dispatched"
        and order.invitations.filter(round=order.round, at__gte=step.at).exists(),
    )


def last_for(order: Order, by: Actor, at: datetime, step: Step | None = None) -> Last | None:
    """The same where it may matter to this actor: their own step of the last minutes, else none."""
    step = step or last_step(order)
    fresh = at - step.at <= timedelta(minutes=UNDO_MINUTES)
    if step.kind in UNDOABLE and fresh and step.actor_id == by.person_id:
        return last_of(order, step)
    return None


def asked_in_round(order: Order) -> list[int]:
    """The persons invited in this round, earliest first. Answers are not for showing."""
    asked = order.invitations.filter(round=order.round).order_by("pk")
    return list(asked.values_list("person", flat=True))


def told_to(order: Order, by: Actor) -> list[Step]:
    """The steps this actor may read, oldest first, each with its words and its `office`."""
    office = Post.objects.filter(pk=OuterRef("post_id")).values("unit__name")
    steps = order.steps_for(by).select_related(None).select_related("remark")
    return list(steps.annotate(office=Subquery(office)))


@dataclass(frozen=True, slots=True)
class Ticket:
    """One order on the board: whether it is late, or most of its time is used, and the promise."""

    order: Order
    late: bool
    promise: str
    soon: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the board: its tickets, late ones first, and how many there are in all."""

    key: str
    name: str
    tone: str
    tickets: list[Ticket]
    count: int

    @property
    def late(self) -> int:
        """How many of the tickets shown are late."""
        return sum(ticket.late for ticket in self.tickets)


WAITING = (State.PLACED, State.RECEIVED, State.ASKING, State.ESCALATED, State.DISPUTED)
COLUMNS = (
    ("new", "待派单", "gold", WAITING),
    ("sent", "待接单", "blue", (State.DISPATCHED,)),
    ("doing", "办理中", "teal", (State.ACCEPTED,)),
    ("rate", "待评单", "plain", (State.FINISHED,)),
)


def deadline(order: Order) -> datetime | None:
    """The promise that counts now: until a unit has it, then until it is done."""
    if order.state in TRIAGE:
        return order.arrange_by
    return order.finish_by if order.state in OPEN else None


def is_late(order: Order, at: datetime) -> bool:
    """Whether the promise that counts now has passed; never while its clock stands still."""
    due = deadline(order)
    return due is not None and due < at and order.state not in STILL


def board(by: Actor, at: datetime) -> list[Column]:
    """The four columns for this actor: late first, then the nearest promise. Two queries."""
    seen = Order.objects.visible_to(by, at).on_board()
    counts = dict(seen.values_list("state").annotate(n=Count("pk")))
    rows: dict[str, list[Order]] = {}
    shown = seen.select_related("category", "region").order_by("-id")
    for order in shown[: PAGE * len(COLUMNS)]:
        rows.setdefault(order.state, []).append(order)
    shown_now = [order for orders in rows.values() for order in orders]
    soon, columns = nearly_due(shown_now, at), []
    for key, name, tone, states in COLUMNS:
        orders = [order for state in states for order in rows.get(state, [])]
        orders.sort(key=lambda o: (not is_late(o, at), deadline(o) or o.placed_at))
        tickets = [ticket(order, at, soon) for order in orders[:PAGE]]
        columns.append(Column(key, name, tone, tickets, sum(counts.get(s, 0) for s in states)))
    return columns


def nearly_due(orders: Iterable[Order], at: datetime) -> frozenset[int]:
    """Which of these have used most of the time that counts now: one query for a whole list."""
    counted = {o.pk: "arrange" if o.state in TRIAGE else "resolve" for o in orders}
    amber = Clock.objects.amber(at).filter(
        subject_type=Order._meta.label_lower, subject_id__in=list(counted)
    )
    found = amber.values_list("subject_id", "kind") if counted else ()
    return frozenset(pk for pk, kind in found if counted[pk] == kind)


def ticket(order: Order, at: datetime, soon: Container[int] = ()) -> Ticket:
    """An order as the board shows it; `soon` are the ids of those with little time left."""
    due = deadline(order)
    promise = promise_text(due, at) if due else ""
    return Ticket(order, is_late(order, at), promise, soon=order.pk in soon)


def offers(by: Actor) -> list[Order]:
    """What this person may take now, newest first."""
    return list(Order.objects.offered_to(by).with_names().order_by("-pk")[:PAGE])


def taken(by: Actor) -> list[Order]:
    """What this person has in hand, nearest promise first."""
    mine = Order.objects.filter(handler=by.person_id or 0, state__in=IN_HAND)
    return list(mine.switched_on().with_names().order_by("finish_by")[:PAGE])


def placed_lately(by: Actor, at: datetime) -> int:
    """How many orders of this account came in the ten minutes before; 0 without an account."""
    author = by.on_behalf_of or by.person_id
    if not author:
        return 0
    since = at - timedelta(minutes=10)
    return Order.objects.filter(author=author, placed_at__gt=since, placed_at__lte=at).count()


def placed(person_id: int) -> list[Order]:
    """The orders a person has placed, newest first."""
    mine = Order.objects.switched_on().filter(author=person_id)
    return list(mine.with_names().order_by("-pk")[:PAGE])


def photos_of(order: Order) -> list[Photo]:
    """The photos of an order as they were sent, with their files."""
    return list(order.photos.select_related("file").order_by("pk"))


def filters_of(by: Actor) -> list[SavedFilter]:
    """The filters this person keeps, by name."""
    mine = SavedFilter.objects.filter(person=by.person_id or 0, ended_at=None)
    return list(mine.order_by("name"))


def filter_named(name: str, by: Actor) -> SavedFilter | None:
    """The filter that this person keeps, or last kept, under a name."""
    return SavedFilter.objects.filter(person=by.person_id or 0, name=name).order_by("-pk").first()


def carrying(phone: str) -> list[int]:
    """The ids of the orders whose contact is this number, whoever placed them.

    Contact numbers are sealed without an index, so every one that is kept is opened: a second or
    so for fifty thousand of them.
    """
    kept = Order.objects.exclude(contact_phone=None).order_by("pk")
    rows: Iterable[Any] = kept.values_list("pk", "contact_phone").iterator(chunk_size=1000)
    return [pk for pk, sealed in rows if phone and sealed.open() == phone]


def whose(order: Order, person: Person | None) -> int:
    """The id of this person where the order is theirs or carries their number, else 0."""
    if person is None:
        return 0
    if order.author_id == person.pk:
        return person.pk
    number: Sealed | None = order.contact_phone
    carries = number is not None and person.phone and number.open() == person.phone.open()
    return person.pk if carries else 0


def asker_of(order: Order, person: Person | None) -> int:
    """The same without the orders that somebody else placed by account."""
    other = order.author_id is not None and person is not None and order.author_id != person.pk
    return 0 if other else whose(order, person)
