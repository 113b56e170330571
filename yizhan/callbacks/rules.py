"""Who is called back, who calls, and who puts right what went badly. No database here."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from yizhan.base import crypto
from yizhan.base.actor import Actor, Kind
from yizhan.base.verdict import YES, Verdict, no
from yizhan.callbacks.models import READ, Callback, Rectification
from yizhan.orders.models import Order
from yizhan.orders.standing import governs, is_asker, is_handler
from yizhan.orders.states import ENDED, State
from yizhan.ratings.models import Level, Solved

ONE_IN = 10
MOST_TRIES = 3
APART = timedelta(hours=3)
UNRATED_DAYS = 7
CALL_DAYS = 5
RECTIFY_DAYS = 15


@dataclass(frozen=True, slots=True)
class Heard:
    """The rating of a round, as far as a rule reads it; empty when nobody rated."""

    level: int = 0
    solved: str = ""

    @property
    def is_bad(self) -> bool:
        """不满意, 非常不满意, or not solved."""
        return 0 < self.level <= Level.BAD or self.solved == Solved.NO


def reason_for(order: Order, heard: Heard) -> Callback.Reason:
    """Why this round is called back: all that went badly, all cared for, one in ten of the rest.

    The draw hangs on the code of the order and the district's key: nobody chooses, and whoever
    draws again draws the same.
    """
    if heard.is_bad:
        return Callback.Reason.BAD
    if order.category.is_sensitive:
        return Callback.Reason.CARED_FOR
    lot = crypto.index(f"{order.code}:{order.round}", use="callback.draw")
    drawn = int.from_bytes(lot[:4]) % ONE_IN == 0
    return Callback.Reason.SAMPLE if drawn else Callback.Reason.NONE


def can_draw(order: Order, by: Actor, at: datetime) -> Verdict:
    """The clock draws once the asker has rated, or has had a week to."""
    if by.kind != Kind.CLOCK:
        return no("not_your_post", "抽取回访由系统自动来做")
    rested = order.finished_at is not None and at - order.finished_at >= timedelta(UNRATED_DAYS)
    if order.state == State.RATED or (order.state == State.FINISHED and rested):
        return YES
    return no("wrong_state", "办结并评单以后，或者办结一周以后，才抽取回访")


def can_try(callback: Callback, by: Actor, at: datetime) -> Verdict:
    """Note a call that nobody answered; the next one at another hour."""
    if not (verdict := _calls(callback, by)):
        return verdict
    if callback.tried_at is not None and at - callback.tried_at < APART:
        return no("too_soon", "刚打过，隔三个小时换个时段再打")
    return YES


def can_reach(callback: Callback, by: Actor) -> Verdict:
    """Note what was heard."""
    return _calls(callback, by)


def _calls(callback: Callback, by: Actor) -> Verdict:
    order = callback.order
    if is_handler(order, by) or is_asker(order, by):
        return no("own_work", "回访由没有经办这件事的人来打")
    if not governs(order, by, READ):
        return no("not_your_post", "回访由社区或街道的工作人员来打")
    still = order.state in ENDED and order.round == callback.round
    if callback.state == Callback.State.WAITING and still:
        return YES
    return no("wrong_state", "这一件不用再回访了")


def can_rectify(rectification: Rectification, by: Actor) -> Verdict:
    """Say what was put right; never who did the work."""
    if is_handler(rectification.order, by) or is_asker(rectification.order, by):
        return no("own_work", "整改由没有经办这件事的人来核实")
    if not governs(rectification.order, by, READ):
        return no("not_your_post", "整改由社区或街道来做")
    return _open(rectification)


def can_find_unfounded(rectification: Rectification, by: Actor) -> Verdict:
    """The street, when the rating does not speak of this work."""
    if is_handler(rectification.order, by) or is_asker(rectification.order, by):
        return no("own_work", "由没有经办这件事的人来核实")
    if not governs(rectification.order, by, "orders.rule"):
        return no("not_your_post", "评价是否属实由街道核实")
    return _open(rectification)


def _open(rectification: Rectification) -> Verdict:
    if rectification.state == Rectification.State.OPEN:
        return YES
    return no("wrong_state", "这一件已经办过了")
