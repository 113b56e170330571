"""What people do with the pending list. Each function is one whole transaction."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from yizhan.base.actor import Actor
from yizhan.base.outbox import tell
from yizhan.base.verdict import Refused
from yizhan.orders import operations as orders
from yizhan.orders.models import Order
from yizhan.orders.standing import is_asker
from yizhan.pendings import messages, queries, rules
from yizhan.pendings.models import Pending
from yizhan.people.models import Post


@dataclass(frozen=True, slots=True)
class Entry:
    """Why it cannot be done now, what is done meanwhile, who keeps at it, when it is looked at."""

    reason: str
    measure: str
    owner: Post
    review_date: date


@transaction.atomic
def pend(*, order: Order, entry: Entry, by: Actor, at: datetime) -> Pending:
    """Put an order on the pending list and tell the asker why and what is done meanwhile.

    Raises `Refused("too_far")` for a review later than 90 days, `Refused("not_here")` for an owner
    who could not look after it.
    """
    order = Order.objects.lock(order)
    rules.can_pend(order, by).or_refuse()
    rules.can_set_review(entry.review_date, localdate(at)).or_refuse()
    if entry.owner.pk not in {post.pk for post in queries.owners(order, by, localdate(at))}:
        raise Refused("not_here", "负责人要从管这个社区的同志里选")
    pending = Pending(
        order=order,
        round=order.round,
        region_code=order.region_code,
        reason=entry.reason,
        owner=entry.owner.person,
        unit=entry.owner.unit,
        pended_at=at,
        review_date=entry.review_date,
    )
    pending.measure = entry.measure
    pending.save(force_insert=True)
    facts = {"reason": entry.reason, "review": entry.review_date.isoformat()}
    pending.begin("pended", by=by, at=at, order=order.pk, owner=entry.owner.person_id, **facts)
    words = f"{pending.get_reason_display()}。{entry.measure}"
    orders.set_aside(order=order, reason=words, by=by, at=at)
    tell(*messages.to_owner(pending, "pending_yours"), at=at)
    return pending


@transaction.atomic
def review(
    *, pending: Pending, words: str, measure: str, review_date: date, by: Actor, at: datetime
) -> Pending:
    """Look at it again: how it stands, what is done meanwhile, when the next look is."""
    pending = Pending.objects.lock(pending)
    rules.can_review(pending, by).or_refuse()
    rules.can_set_review(review_date, localdate(at)).or_refuse()
    before, pending.review_date = pending.review_date, review_date
    pending.measure = measure
    facts = {"before": before.isoformat(), "review": review_date.isoformat()}
    saving = ("review_date", "measure")
    pending.note("reviewed", by=by, at=at, saving=saving, remark=words, **facts)
    tell(*messages.to_asker(pending, "pending_reviewed"), at=at)
    return pending


@transaction.atomic
def exclude(*, pending: Pending, words: str, by: Actor, at: datetime) -> Pending:
    """The street agrees that it leaves the denominator of the share solved; it stays shown."""
    pending = Pending.objects.lock(pending)
    rules.can_exclude(pending, by).or_refuse()
    pending.excluded_at = at
    pending.note("excluded", by=by, at=at, saving=("excluded_at",), remark=words)
    return pending


@transaction.atomic
def propose_strike_off(*, pending: Pending, result: str, by: Actor, at: datetime) -> Pending:
    """Report the result; the asker, or a second person of the office, strikes it off."""
    pending = Pending.objects.lock(pending)
    rules.can_propose_strike_off(pending, by).or_refuse()
    pending.result, pending.proposed_by_id = result, by.person_id
    saving = ("result", "proposed_by")
    pending.move(Pending.State.PROPOSED, "strike_off_proposed", by=by, at=at, saving=saving)
    tell(*messages.to_asker(pending, "pending_proposed"), at=at)
    return pending


@transaction.atomic
def strike_off(*, pending: Pending, by: Actor, at: datetime) -> Pending:
    """The asker, or a second person, agrees: the order is done and may be rated."""
    pending = Pending.objects.lock(pending)
    rules.can_strike_off(pending, by).or_refuse()
    pending.ended_at = at
    asker = is_asker(pending.order, by)
    pending.move(Pending.State.STRUCK_OFF, by=by, at=at, saving=("ended_at",), by_asker=asker)
    result = pending.result.open()
    orders.conclude(order=pending.order, result=result, owner=pending.owner, by=by, at=at)
    return pending


@transaction.atomic
def refuse_strike_off(*, pending: Pending, words: str, by: Actor, at: datetime) -> Pending:
    """The asker, or a second person, does not agree: it stays on the list."""
    pending = Pending.objects.lock(pending)
    rules.can_refuse_strike_off(pending, by).or_refuse()
    pending.proposed_by, pending.result = None, None
    saving = ("proposed_by", "result")
    to = Pending.State.ON_LIST
    pending.move(to, "strike_off_refused", by=by, at=at, saving=saving, remark=words)
    tell(*messages.to_owner(pending, "pending_refused"), at=at)
    return pending


@transaction.atomic
def resume(*, pending: Pending, words: str, by: Actor, at: datetime) -> Pending:
    """What was missing is there: the order goes on where it stopped."""
    pending = Pending.objects.lock(pending)
    rules.can_resume(pending, by).or_refuse()
    pending.ended_at = at
    pending.move(Pending.State.RESUMED, by=by, at=at, saving=("ended_at",), remark=words)
    orders.take_up(order=pending.order, reason=words, by=by, at=at)
    return pending


@transaction.atomic
def remind(*, pending: Pending, by: Actor, at: datetime) -> Pending:
    """The day of review has come: its owner is told, once for each day set."""
    pending = Pending.objects.lock(pending)
    rules.can_remind(pending, by, localdate(at)).or_refuse()
    pending.reminded_for = pending.review_date
    pending.note("reminded", by=by, at=at, saving=("reminded_for",))
    tell(*messages.to_owner(pending, "pending_due"), at=at)
    return pending


@transaction.atomic
def erase_pending(*, order: Order, by: Actor, at: datetime) -> int:
    """Take away what was written, with the words of an order that is over. Returns how many."""
    entries = list(Pending.objects.select_for_update().filter(order=order, erased_at=None))
    for pending in entries:
        pending.erase_remarks(at)
        pending.measure, pending.result, pending.erased_at = None, None, at
        pending.note("erased", by=by, at=at, saving=("measure", "result", "erased_at"))
    return len(entries)
