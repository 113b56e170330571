"""A plan is drawn up, changed and sent. Sending invites people; nobody is given anything."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from yizhan.base.actor import Actor
from yizhan.base.verdict import Refused
from yizhan.dispatch import queries, rules
from yizhan.dispatch.models import Plan, Proposal
from yizhan.dispatch.planning import Outcome, planned
from yizhan.orders import operations as orders
from yizhan.orders.models import Order
from yizhan.people.models import Person, Unit
from yizhan.regions.models import Region

INVITED, STALE = "invited", "stale"


@dataclass(frozen=True, slots=True)
class Choice:
    """What was decided for one order: whom to ask, or nobody; and whether it stays so."""

    person: Person | None
    is_locked: bool = False


@transaction.atomic
def draw_up(*, by: Actor, at: datetime, unit: Unit | None = None, asked_too: bool = False) -> Plan:
    """Propose for every order that waits in the actor's area or unit whom to ask, at least cost.

    A draft that was there before is dropped. Raises `Refused("nothing")` when no order waits.
    """
    _lock_scope(by)
    found = queries.waiting(by, unit=unit, asked_too=asked_too)
    rules.can_draw_up(by, orders=len(found)).or_refuse()
    for former in Plan.objects.of_scope(by).filter(state=Plan.State.DRAFT).select_for_update():
        _forget(former)
        former.move(Plan.State.DROPPED, by=by, at=at)
    outcome = planned(queries.facts_for(found, at), [order.pk for order in found])
    plan = Plan.objects.create(region_code=by.area, unit_path=_path(by), drawn_at=at)
    Proposal.objects.bulk_create(
        Proposal(
            plan=plan,
            order=order,
            seen=order.version,
            person_id=outcome.people[order.pk],
            first_id=outcome.people[order.pk],
        )
        for order in found
    )
    plan.begin("drawn_up", by=by, at=at, **_facts(outcome))
    return plan


def _path(by: Actor) -> str:
    return "" if by.area else by.unit_path


def _lock_scope(by: Actor) -> None:
    """The region's or the unit's row: of two plans drawn up at once the second drops the first."""
    rules.can_plan(by).or_refuse()
    if by.area:
        Region.objects.current().select_for_update(no_key=True).get(code=by.area)
    else:
        Unit.objects.select_for_update(no_key=True).get(path=by.unit_path)


def _facts(outcome: Outcome) -> dict[str, Any]:
    """Numbers of a computation for the history: how many, at what cost, proven or not."""
    found = [person for person in outcome.people.values() if person is not None]
    return {
        "orders": len(outcome.people),
        "found": len(found),
        "cost": outcome.cost,
        "proven": outcome.proven,
    }


@transaction.atomic
def adjust(*, plan: Plan, choices: Mapping[int, Choice], by: Actor, at: datetime) -> Plan:
    """Keep what was changed or locked, by order, and compute the rest again around it."""
    plan = Plan.objects.lock(plan)
    rules.can_adjust(plan, by).or_refuse()
    rows = _kept(plan, choices)
    facts = queries.facts_for([row.order for row in rows], at)
    open_rows = [row for row in rows if row.order_id in facts.needs]
    locked = {row.order_id: row.person_id for row in open_rows if row.is_locked}
    outcome = planned(facts, [row.order_id for row in open_rows], locked)
    for row in rows:
        row.seen = row.order.version
        if row.order_id not in locked:
            row.person_id = row.first_id = outcome.people.get(row.order_id)
    Proposal.objects.bulk_update(rows, ["person", "first", "is_locked", "seen"])
    plan.note("adjusted", by=by, at=at, locked=len(locked), **_facts(outcome))
    return plan


def _kept(plan: Plan, choices: Mapping[int, Choice]) -> list[Proposal]:
    """The rows of a plan with what was decided; what was changed by hand stays as if locked."""
    rows = list(queries.proposals_of(plan))
    for row in rows:
        choice = choices.get(row.order_id)
        if choice is None:
            continue
        changed = choice.person != row.person
        row.person, row.is_locked = choice.person, choice.is_locked or changed
    return rows


@transaction.atomic
def send(*, plan: Plan, choices: Mapping[int, Choice], by: Actor, at: datetime) -> Plan:
    """Invite everybody who is chosen, each order for itself: one that is taken by now does not
    hold up the others, and its row says why. Each person may decline freely.
    """
    plan = Plan.objects.lock(plan)
    rows = _kept(plan, choices)
    chosen = [row for row in rows if row.person_id]
    rules.can_send(plan, by, chosen=len(chosen)).or_refuse()
    for row in sorted(chosen, key=lambda one: one.order_id):
        row.outcome = _invite(row, by, at)
    plan.counts, plan.sent_at = _counts(rows), at
    for row in rows:
        row.first = None
    Proposal.objects.bulk_update(rows, ["person", "first", "is_locked", "outcome"])
    plan.move(Plan.State.SENT, by=by, at=at, saving=("counts", "sent_at"), **plan.counts)
    return plan


def _invite(row: Proposal, by: Actor, at: datetime) -> str:
    """The code of what came of one invitation."""
    order = Order.objects.lock(row.order)
    if order.version != row.seen:
        return STALE
    people: Sequence[Person] = [row.person] if row.person else []
    try:
        orders.invite(order=order, people=people, by=by, at=at)
    except Refused as refused:
        return refused.code
    return INVITED


def _counts(rows: Sequence[Proposal]) -> dict[str, int]:
    """What may be kept of a plan to learn from: how many, never who."""
    return {
        "orders": len(rows),
        "proposed": sum(row.first_id is not None for row in rows),
        "changed": sum(row.first_id != row.person_id for row in rows),
        "invited": sum(row.outcome == INVITED for row in rows),
        "refused": sum(row.outcome not in ("", INVITED) for row in rows),
    }


def _forget(plan: Plan) -> None:
    """Of a plan that nobody will send, who stood in it goes."""
    plan.proposals.update(person=None, first=None)


@transaction.atomic
def forget_proposals(*, person: Person, by: Actor, at: datetime) -> int:
    """Take a person out of every plan; returns from how many rows. Inside 注销."""
    rows = Proposal.objects.filter(person=person)
    plans = Plan.objects.filter(pk__in=rows.values("plan"), state=Plan.State.DRAFT)
    for plan in plans.select_for_update():
        plan.note("adjusted", by=by, at=at, forgotten=1)
    Proposal.objects.filter(first=person).update(first=None)
    return rows.update(person=None)
