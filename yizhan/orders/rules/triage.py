"""The community or the street reads an order and decides where it goes."""

from datetime import datetime, timedelta

from yizhan.base.actor import Actor, Kind
from yizhan.base.verdict import YES, Verdict, no
from yizhan.orders.models import Order
from yizhan.orders.rules.facts import Last
from yizhan.orders.standing import governs, is_handler
from yizhan.orders.states import OPEN, TRIAGE, State

UNDO_MINUTES = 10
UNDOABLE = {
    "admitted": "orders.triage",
    "amended": "orders.triage",
    "turned_away": "orders.triage",
    "dispatched": "orders.dispatch",
    "escalated": "orders.escalate",
}


def can_admit(order: Order, by: Actor) -> Verdict:
    if not governs(order, by, "orders.triage"):
        return no("not_your_post", "受理由社区工作人员来做")
    return YES if order.state == State.PLACED else no("wrong_state", "这张单子已经受理")


def can_ask(order: Order, by: Actor) -> Verdict:
    if is_handler(order, by) and order.state == State.ACCEPTED:
        return YES
    if not governs(order, by, "orders.triage"):
        return no("not_your_post", "请点单人补充，由受理的人或承办人来问")
    return YES if order.state in TRIAGE else no("wrong_state", "现在不用再请点单人补充")


def can_amend(order: Order, by: Actor) -> Verdict:
    if not governs(order, by, "orders.triage"):
        return no("not_your_post", "分类由社区工作人员来改")
    return YES if order.state in OPEN else no("wrong_state", "已经办结，不能再改分类")


def can_turn_away(order: Order, by: Actor) -> Verdict:
    if not governs(order, by, "orders.triage"):
        return no("not_your_post", "告知去处由社区工作人员来做")
    if order.at_street and not by.may("orders.rule"):
        return no("at_street", "这张单子已经上报，由街道来答复")
    return YES if order.state in TRIAGE else no("wrong_state", "这张单子已经派出，不能再告知去处")


def can_dispatch(order: Order, by: Actor) -> Verdict:
    if not governs(order, by, "orders.dispatch"):
        return no("not_your_post", "派单由社区来做")
    if order.at_street and not by.may("orders.rule"):
        return no("at_street", "这张单子已经上报，由街道来派")
    return YES if order.state in TRIAGE else no("wrong_state", "这张单子已经派出")


def can_escalate(order: Order, by: Actor) -> Verdict:
    """Pass it up to the street: a matter beyond the community's reach, or nobody took it."""
    if not governs(order, by, "orders.escalate"):
        return no("not_your_post", "上报街道由社区书记来做")
    return YES if order.state == State.RECEIVED else no("wrong_state", "受理之后、派出之前才能上报")


def can_send_down(order: Order, by: Actor) -> Verdict:
    if not governs(order, by, "orders.rule"):
        return no("not_your_post", "退回社区由街道来做")
    return YES if order.state == State.ESCALATED else no("wrong_state", "这张单子没有上报街道")


def can_call_in(order: Order, by: Actor) -> Verdict:
    """Take an order back from a unit in which nobody has taken it: the clock, or the dispatcher."""
    if not (by.kind == Kind.CLOCK or governs(order, by, "orders.dispatch")):
        return no("not_your_post", "收回重派由派单的人来做")
    return YES if order.state == State.DISPATCHED else no("wrong_state", "已经有人接了，不能收回")


def can_open_pool(order: Order, by: Actor) -> Verdict:
    """Let everybody in the unit take it: the clock does, when those invited have not."""
    if by.kind != Kind.CLOCK:
        return no("not_your_post", "向全单位开放由系统按时限来做")
    if order.state != State.DISPATCHED:
        return no("wrong_state", "已经有人接了，或者不在待接单")
    return no("open_already", "已经向全单位开放了") if order.pool else YES


def can_undo(order: Order, last: Last | None, by: Actor, at: datetime) -> Verdict:
    """Whether the last step may be taken back: one's own, just now, and nobody has built on it."""
    if last is None or last.kind not in UNDOABLE:
        return no("wrong_state", "这一步不能撤销，或者单子已经往下办了")
    if not governs(order, by, UNDOABLE[last.kind]):
        return no("not_your_post", "撤销由社区工作人员来做")
    if by.person_id is None or by.person_id != last.person_id:
        return no("not_yours", "只有刚才办这一步的人可以撤销")
    if at - last.at > timedelta(minutes=UNDO_MINUTES):
        return no("too_late", f"已经超过 {UNDO_MINUTES} 分钟，不能撤销了")
    if last.invited:
        return no("invited", "邀请已经发出，不能撤销派单了")
    return YES
