"""A person takes an order, says no, gives it back or passes it on."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from yizhan.base.actor import Actor
from yizhan.base.codes import door_word
from yizhan.base.outbox import tell
from yizhan.base.verdict import Refused
from yizhan.orders import messages, queries, rules, whom
from yizhan.orders.models import Invitation, Order
from yizhan.orders.states import Cause, State
from yizhan.people.models import Person


@transaction.atomic
def invite(*, order: Order, people: Sequence[Person], by: Actor, at: datetime) -> Order:
    """Ask persons of the unit to take the order. Each may decline freely; nobody is assigned.

    Raises `Refused("asked_already")` for someone invited in this round, whatever the answer was,
    `Refused("not_of_unit")` for someone who could not take it, and `Refused("not_now")` for
    someone who does not want to be disturbed.
    """
    order = Order.objects.lock(order)
    rules.can_invite(order, by).or_refuse()
    candidates = whom.candidates(order, at)
    asked = {one.post.person_id for one in candidates if one.is_asked}
    if any(person.pk in asked for person in people):
        raise Refused("asked_already", "里面有已经邀请过的人，请换一位")
    members = {one.post.person_id for one in candidates}
    if any(person.pk not in members for person in people):
        raise Refused("not_of_unit", "里面有不在承办单位的人，请从列出的人里选")
    resting = {one.post.person_id for one in candidates if not one.is_free}
    if any(person.pk in resting for person in people):
        raise Refused("not_now", "里面有这时候不方便打扰的人，请换一位")
    for person in people:
        _send(order, person, by=by, at=at)
    tell(*messages.to_people(order, "order_invited", [p.pk for p in people]), at=at)
    return order


def _send(
    order: Order, person: Person, *, by: Actor, at: datetime, is_hand_over: bool = False
) -> None:
    invitation = Invitation.objects.create(
        order=order, round=order.round, person=person, is_hand_over=is_hand_over, at=at
    )
    invitation.begin("invited", by=by, at=at, order=order.pk, person=person.pk)


@transaction.atomic
def accept(*, order: Order, by: Actor, at: datetime) -> Order:
    """A person takes the order: invited, from the pool, or over from a colleague."""
    order = Order.objects.lock(order)
    person = _wait_for_own_other_acts(by)
    facts = queries.facts_of(order, by)
    rules.can_accept(order, by, facts).or_refuse()
    before, order.handler = order.handler_id, person
    order.door_word = door_word() if order.category.needs_visit else ""
    if facts.taking_over:
        order.note("handed_over", by=by, at=at, saving=("handler", "door_word"), before=before)
    else:
        order.move(State.ACCEPTED, by=by, at=at, saving=("handler", "door_word"))
    _close_invitations(order, by=by, at=at)
    former = [before] if before else []
    tell(
        *messages.to_asker(order, "order_accepted"),
        *messages.to_people(order, "order_taken_over", former),
        at=at,
    )
    return order


def _wait_for_own_other_acts(by: Actor) -> Person | None:
    """Lock the person, so that of two orders accepted at once the second counts the first."""
    return Person.objects.select_for_update(no_key=True).filter(pk=by.person_id or 0).first()


def _close_invitations(order: Order, *, by: Actor, at: datetime) -> None:
    waiting = order.invitations.filter(round=order.round, state=Invitation.State.SENT)
    for invitation in waiting:
        mine = invitation.person_id == by.person_id
        invitation.move(
            Invitation.State.ACCEPTED if mine else Invitation.State.LAPSED, by=by, at=at
        )


@transaction.atomic
def decline(*, order: Order, by: Actor, at: datetime) -> Order:
    """An invited person says no. Nobody else learns of it, and nothing follows from it."""
    order = Order.objects.lock(order)
    rules.can_decline(order, queries.facts_of(order, by)).or_refuse()
    invitation = order.invitations.get(round=order.round, person=by.person_id)
    invitation.move(Invitation.State.DECLINED, by=by, at=at)
    return order


@transaction.atomic
def send_back(
    *, order: Order, reason: str, cause: str = Cause.OTHER, by: Actor, at: datetime
) -> Order:
    """The unit returns the order to the community, or the handler returns it to the unit.

    `cause` is the code of the reason, `reason` says it in words. What was promised stays.
    """
    order = Order.objects.lock(order)
    rules.can_send_back(order, by).or_refuse()
    rules.can_give_cause(order, cause).or_refuse()
    if order.state == State.ACCEPTED:
        order.handler, order.door_word, order.pool = None, "", True
        to, saving = State.DISPATCHED, ["handler", "door_word", "pool"]
    else:
        order.returned_by = [*order.returned_by, order.unit.code if order.unit else ""]
        order.unit, order.pool = None, False
        to, saving = order.waits_at, ["unit", "pool", "returned_by"]
    Invitation.lapse(order.pk, by=by, at=at)
    facts = {"reason": str(cause)}
    order.move(to, "sent_back", by=by, at=at, saving=tuple(saving), remark=reason, **facts)
    tell(*messages.to_workers(order, "order_sent_back", at), at=at)
    return order


@transaction.atomic
def hand_over(*, order: Order, to: Person, by: Actor, at: datetime) -> Order:
    """Ask a colleague to take the order over; until they accept, it stays where it is."""
    order = Order.objects.lock(order)
    rules.can_hand_over(order, by).or_refuse()
    if to.pk in queries.asked_in_round(order):
        raise Refused("asked_already", "已经邀请过这位同志，请换一位")
    if to.pk not in {post.person_id for post in whom.colleagues(order, by, localdate(at))}:
        raise Refused("not_of_unit", "这位同志不在承办单位，请从列出的人里选")
    _send(order, to, by=by, at=at, is_hand_over=True)
    tell(*messages.to_people(order, "order_handing_over", [to.pk]), at=at)
    return order
