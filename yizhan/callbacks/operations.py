"""Drawing, calling, putting right. Each function is one whole transaction."""

from datetime import datetime

from django.db import transaction

from yizhan.base.actor import Actor
from yizhan.base.outbox import tell
from yizhan.callbacks import messages, queries, rules
from yizhan.callbacks.models import Callback, Rectification
from yizhan.clocks.calendar import add_working
from yizhan.orders.models import Order
from yizhan.ratings.models import Level, Solved
from yizhan.ratings.operations import set_apart
from yizhan.ratings.queries import ratings_of
from yizhan.regions.district import profile


def _by(at: datetime, days: int) -> datetime:
    return add_working(at, days=days, office_hours=profile().office_hours)


@transaction.atomic
def draw(*, order: Order, by: Actor, at: datetime) -> Callback:
    """Decide whether this round is called back, and keep what was decided.

    A bad rating opens a rectification too. Drawn before, it gives what was drawn.
    """
    order = Order.objects.lock(order)
    rules.can_draw(order, by, at).or_refuse()
    drawn = Callback.objects.filter(order=order, round=order.round).first()
    if drawn:
        return drawn
    heard = queries.heard(order)
    reason = rules.reason_for(order, heard)
    callback = Callback(
        order=order,
        round=order.round,
        region_code=order.region_code,
        reason=reason,
        drawn_at=at,
        due_at=_by(at, rules.CALL_DAYS) if reason else None,
    )
    callback.save(force_insert=True)
    callback.begin("lot_cast", by=by, at=at, order=order.pk, reason=str(reason))
    if reason:
        callback.move(Callback.State.WAITING, "drawn", by=by, at=at)
    if heard.is_bad:
        _open(order, by=by, at=at)
    return callback


def _open(order: Order, *, by: Actor, at: datetime) -> None:
    opened = Rectification(
        order=order,
        round=order.round,
        region_code=order.region_code,
        opened_at=at,
        due_at=_by(at, rules.RECTIFY_DAYS),
    )
    opened.save(force_insert=True)
    opened.begin("opened", by=by, at=at, order=order.pk, round=order.round)
    tell(*messages.to_reviewers(opened, "rectification_opened", at), at=at)


@transaction.atomic
def try_call(*, callback: Callback, by: Actor, at: datetime) -> Callback:
    """Note a call that nobody answered. The third ends it: it counts neither for nor against."""
    callback = Callback.objects.lock(callback)
    rules.can_try(callback, by, at).or_refuse()
    callback.tries += 1
    callback.tried_at, callback.caller_id = at, by.person_id
    saving: tuple[str, ...] = ("tries", "tried_at", "caller")
    if callback.tries < rules.MOST_TRIES:
        callback.note("tried", by=by, at=at, saving=saving, tries=callback.tries)
        return callback
    callback.ended_at = at
    to, saving = Callback.State.UNREACHED, (*saving, "ended_at")
    callback.move(to, "unreached", by=by, at=at, saving=saving, tries=callback.tries)
    return callback


@transaction.atomic
def reach(
    *, callback: Callback, solved: Solved, level: Level | None, words: str, by: Actor, at: datetime
) -> Callback:
    """Note what was heard on the telephone, beside the rating; it replaces nothing."""
    callback = Callback.objects.lock(callback)
    rules.can_reach(callback, by).or_refuse()
    callback.solved, callback.level, callback.ended_at = solved, level, at
    callback.tries += 1
    callback.caller_id, callback.tried_at = by.person_id, at
    saving = ("solved", "level", "ended_at", "caller", "tries", "tried_at")
    callback.move(Callback.State.REACHED, by=by, at=at, saving=saving, remark=words)
    return callback


@transaction.atomic
def rectify(*, rectification: Rectification, words: str, by: Actor, at: datetime) -> Rectification:
    """Say what was put right after a bad rating; whoever rated is told."""
    rectification = Rectification.objects.lock(rectification)
    rules.can_rectify(rectification, by).or_refuse()
    rectification.reviewer_id, rectification.ended_at = by.person_id, at
    saving = ("reviewer", "ended_at")
    rectification.move(Rectification.State.RECTIFIED, by=by, at=at, saving=saving, remark=words)
    tell(*messages.to_asker(rectification, "rectification_done"), at=at)
    return rectification


@transaction.atomic
def find_unfounded(
    *, rectification: Rectification, words: str, by: Actor, at: datetime
) -> Rectification:
    """The street found that the rating does not speak of this work: it leaves the figures."""
    rectification = Rectification.objects.lock(rectification)
    rules.can_find_unfounded(rectification, by).or_refuse()
    rectification.reviewer_id, rectification.ended_at = by.person_id, at
    saving = ("reviewer", "ended_at")
    rectification.move(Rectification.State.UNFOUNDED, by=by, at=at, saving=saving, remark=words)
    rating = ratings_of(rectification.order).get(round=rectification.round)
    set_apart(rating=rating, by=by, at=at)
    return rectification


@transaction.atomic
def erase_callbacks(*, order: Order, by: Actor, at: datetime) -> int:
    """Take away what was said, with the words of an order that is over. Returns how many."""
    called = list(Callback.objects.select_for_update().filter(order=order))
    righted = list(Rectification.objects.select_for_update().filter(order=order))
    found = 0
    for one in (*called, *righted):
        if one.erase_remarks(at):
            one.note("erased", by=by, at=at)
            found += 1
    return found
