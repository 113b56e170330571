"""Reaching the person, and more time: who may, and until when."""

from datetime import datetime

from yizhan.base.actor import Actor, Kind
from yizhan.base.verdict import YES, Verdict, no
from yizhan.clocks import rules as clocks
from yizhan.clocks.models import Clock, Extension
from yizhan.orders.models import Order
from yizhan.orders.standing import governs, is_handler, leads_unit
from yizhan.orders.states import OPEN, State

LENGTHENED = (State.DISPATCHED, State.ACCEPTED)


def can_contact(order: Order, by: Actor, clock: Clock | None) -> Verdict:
    """Note that the person was reached; `clock` is the one that waits for it in this round."""
    if not (is_handler(order, by) or governs(order, by, "orders.triage")):
        return no("not_your_post", "联系点单人由受理的人或承办人来记")
    if order.state not in OPEN:
        return no("wrong_state", "这张单子不在办，不用再记联系")
    if clock is None or not clock.is_running:
        return no("contacted", "已经记过联系点单人了")
    return YES


def can_ask_extension(
    order: Order, by: Actor, clock: Clock | None, at: datetime, days: int = 1
) -> Verdict:
    """Ask for more time: who deals with it, or who answers for the unit that has it."""
    if not (is_handler(order, by) or leads_unit(order, by, "orders.send_back")):
        return no("not_your_post", "延期由承办人或承办单位申请")
    if order.state not in LENGTHENED:
        return no("wrong_state", "派单之后、办结之前才能申请延期")
    return clocks.can_ask_extension(clock, at, days=days)


def can_grant_extension(order: Order, by: Actor, extension: Extension | None) -> Verdict:
    """Agree to it: whoever dispatches, never who asked or deals with it."""
    return _can_decide(order, by, extension)


def can_refuse_extension(order: Order, by: Actor, extension: Extension | None) -> Verdict:
    """Not agree to it: the same people."""
    return _can_decide(order, by, extension)


def _can_decide(order: Order, by: Actor, extension: Extension | None) -> Verdict:
    if not governs(order, by, "orders.dispatch"):
        return no("not_your_post", "延期由派单的社区或街道来批")
    if extension is None:
        return no("wrong_state", "没有等您批的延期申请")
    if is_handler(order, by):
        return no("own_request", "自己办的单子，延期请别人来批")
    return clocks.can_decide_extension(extension, by)


def can_recompute_provisional(order: Order, by: Actor) -> Verdict:
    """Reckon the promises again on the announced calendar: the clock does it."""
    if by.kind != Kind.CLOCK:
        return no("not_your_post", "放假安排公布后，系统会自动重算")
    return YES if order.state in (*OPEN, State.MERGED) else no("wrong_state", "已经办结，不用重算")
