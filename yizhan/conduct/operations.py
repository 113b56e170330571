"""What offices, residents and the clock do with flags. Each function is one whole transaction."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from yizhan.base.actor import Actor
from yizhan.base.outbox import tell
from yizhan.base.verdict import YES, Verdict
from yizhan.clocks.calendar import add_working
from yizhan.conduct import messages, rules
from yizhan.conduct.models import Flag, number_index
from yizhan.orders.admission import Knock
from yizhan.orders.models import Order
from yizhan.people.models import How
from yizhan.regions.district import profile
from yizhan.routing.queries import urgent_words

WORDS = ("why", "decision", "appeal", "answer")


@dataclass(frozen=True, slots=True)
class Ruling:
    """What follows, for how many days, and the words that tell the person why."""

    measure: str
    days: int
    words: str
    per_day: int | None = None


@transaction.atomic
def flag(*, order: Order, reason: str, words: str, by: Actor, at: datetime) -> Flag:
    """Say that an order is harassment, repeated, false or abuse. Nothing follows from it yet."""
    order = Order.objects.lock(order)
    standing = Flag.objects.filter(order=order, state__in=Flag.OPEN).exists()
    rules.can_flag(order, by, has_flag=standing).or_refuse()
    phone = order.contact_phone.open() if order.contact_phone else ""
    hours = profile().office_hours
    raised = Flag(
        order=order,
        region_code=order.region_code,
        reason=reason,
        person_id=order.author_id,
        number_index=number_index(phone) if phone else None,
        flagged_by_id=by.person_id or 0,
        flagged_at=at,
        review_by=add_working(at, days=rules.REVIEW_DAYS, office_hours=hours),
    )
    raised.why = words
    raised.save(force_insert=True)
    raised.begin("raised", by=by, at=at, order=order.pk, reason=reason)
    tell(*messages.to_reviewers(raised, "flag_raised", at), at=at)
    return raised


@transaction.atomic
def uphold(*, flag: Flag, ruling: Ruling, by: Actor, at: datetime) -> Flag:
    """A second person agrees: one measure with its end, and the person is told what and why."""
    flag = Flag.objects.lock(flag)
    rules.can_uphold(flag, by).or_refuse()
    rules.can_measure(ruling.measure, ruling.per_day, ruling.days).or_refuse()
    is_limit = ruling.measure == Flag.Measure.LIMIT
    flag.measure, flag.per_day = ruling.measure, ruling.per_day if is_limit else None
    flag.begins_at, flag.ends_at = at, at + timedelta(days=ruling.days)
    flag.decision, flag.reviewed_by_id, flag.reviewed_at = ruling.words, by.person_id, at
    saving = ("measure", "per_day", "begins_at", "ends_at", "decision", "reviewed_by")
    facts: dict[str, Any] = {
        "measure": ruling.measure,
        "days": ruling.days,
        "per_day": flag.per_day,
    }
    flag.move(Flag.State.UPHELD, by=by, at=at, saving=(*saving, "reviewed_at"), **facts)
    tell(*messages.to_asker(flag, "flag_upheld"), at=at)
    return flag


@transaction.atomic
def dismiss(*, flag: Flag, words: str, by: Actor, at: datetime) -> Flag:
    """A second person does not agree: nothing follows from it."""
    flag = Flag.objects.lock(flag)
    rules.can_dismiss(flag, by).or_refuse()
    flag.reviewed_by_id, flag.reviewed_at = by.person_id, at
    saving = ("reviewed_by", "reviewed_at")
    flag.move(Flag.State.DISMISSED, by=by, at=at, saving=saving, remark=words)
    return flag


@transaction.atomic
def appeal(*, flag: Flag, words: str, by: Actor, at: datetime) -> Flag:
    """The person says why it is not so; somebody else decides within five working days."""
    flag = Flag.objects.lock(flag)
    rules.can_appeal(flag, by).or_refuse()
    hours = profile().office_hours
    flag.appeal, flag.appealed_at = words, at
    flag.appeal_by = add_working(at, days=rules.APPEAL_DAYS, office_hours=hours)
    saving = ("appeal", "appealed_at", "appeal_by")
    flag.move(Flag.State.APPEALED, by=by, at=at, saving=saving)
    tell(*messages.to_deciders(flag, "flag_appealed", at), at=at)
    return flag


@transaction.atomic
def sustain(*, flag: Flag, words: str, by: Actor, at: datetime) -> Flag:
    """Somebody else has looked: the measure stays until its end."""
    flag = Flag.objects.lock(flag)
    rules.can_sustain(flag, by).or_refuse()
    return _decided(flag, Flag.State.SUSTAINED, words, by, at)


@transaction.atomic
def overturn(*, flag: Flag, words: str, by: Actor, at: datetime) -> Flag:
    """Somebody else has looked: it was not so, and the measure ends now."""
    flag = Flag.objects.lock(flag)
    rules.can_overturn(flag, by).or_refuse()
    return _decided(flag, Flag.State.OVERTURNED, words, by, at)


def _decided(flag: Flag, to: str, words: str, by: Actor, at: datetime) -> Flag:
    flag.answer, flag.decided_by_id, flag.decided_at = words, by.person_id, at
    saving = ("answer", "decided_by", "decided_at")
    if to == Flag.State.OVERTURNED:
        flag.ends_at = at
        flag.move(Flag.State.OVERTURNED, by=by, at=at, saving=(*saving, "ends_at"))
    else:
        flag.move(Flag.State.SUSTAINED, by=by, at=at, saving=saving)
    tell(*messages.to_asker(flag, "flag_decided"), at=at)
    return flag


@transaction.atomic
def lapse(*, flag: Flag, by: Actor, at: datetime) -> Flag:
    """Nobody has reviewed it in time: it counts for nothing."""
    flag = Flag.objects.lock(flag)
    rules.can_lapse(flag, by, at).or_refuse()
    flag.move(Flag.State.LAPSED, by=by, at=at)
    return flag


@transaction.atomic
def let_in(*, knock: Knock, by: Actor, at: datetime) -> Verdict:
    """Whether what stands against this account or number lets one more order pass; count it.

    One query where nothing stands. The rows are held until placing has ended, so that two orders
    sent at once count as two. Staff who place for somebody at the counter are never asked.
    """
    if by.on_behalf_of is not None and by.how != How.FAMILY:
        return YES
    mine = Flag.objects.in_force(at).against(knock.person_id, knock.phone)
    rows = mine.select_related("order__category").select_for_update(of=("self",))
    flags, today = list(rows.order_by("pk")), localdate(at)
    urgent = bool(flags) and urgent_words(knock.words)
    verdict = rules.can_let_in(knock, flags, today, is_urgent=urgent)
    for one in flags:
        if verdict and not urgent and one.measure == Flag.Measure.LIMIT:
            one.used, one.used_date = rules.counted(one, today) + 1, today
            one.save(update_fields=["used", "used_date"])
    return verdict


@transaction.atomic
def erase_flag(*, order: Order, by: Actor, at: datetime) -> int:
    """Take away what was written, with the words of an order that is over. Returns how many."""
    flags = list(Flag.objects.select_for_update().filter(order=order, erased_at=None))
    for one in flags:
        one.erase_remarks(at)
        for column in WORDS:
            setattr(one, column, None)
        one.person, one.number_index, one.erased_at = None, None, at
        one.note("erased", by=by, at=at, saving=(*WORDS, "person", "number_index", "erased_at"))
    return len(flags)
