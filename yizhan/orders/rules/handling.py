"""Who takes an order, says no, gives it back, passes it on, finishes it."""

from yizhan.base.actor import Actor
from yizhan.base.verdict import YES, Verdict, no
from yizhan.orders.models import Order
from yizhan.orders.rules.facts import Facts
from yizhan.orders.standing import governs, is_asker, is_handler, leads_unit
from yizhan.orders.states import Cause, State
from yizhan.people.models import Unit

LOAD = 3
MOST_RETURNS = 2


def can_invite(order: Order, by: Actor) -> Verdict:
    if not (governs(order, by, "orders.invite") or leads_unit(order, by, "orders.invite")):
        return no("not_your_post", "邀请由社区或承办单位发出")
    if order.state != State.DISPATCHED:
        return no("wrong_state", "派单之后、有人接单之前，才能发出邀请")
    return YES


def can_accept(order: Order, by: Actor, facts: Facts) -> Verdict:
    if not by.may("orders.accept"):
        return no("not_your_post", "用党员、志愿者或单位的岗位才能接单")
    if is_asker(order, by):
        return no("own_order", "自己的单子请留给别人接")
    if facts.taking_over and order.state == State.ACCEPTED:
        return _has_room(facts)
    if order.state != State.DISPATCHED:
        return no("taken", "这张单子已经有人接了")
    if not (facts.invited or (order.pool and _in_pool(order, by))):
        return no("not_offered", "这张单子派给了别的单位")
    return _has_room(facts)


def _in_pool(order: Order, by: Actor) -> bool:
    own = by.unit_id is not None and by.unit_id == order.unit_id
    path = order.unit.path if order.unit else ""
    return own or bool(path and by.unit_path.startswith(path))


def _has_room(facts: Facts) -> Verdict:
    if facts.in_hand >= LOAD:
        return no("enough_in_hand", f"您手上已有 {facts.in_hand} 件，办完一件再接吧")
    return YES


def can_decline(order: Order, facts: Facts) -> Verdict:
    if facts.invited and order.state in (State.DISPATCHED, State.ACCEPTED):
        return YES
    return no("not_invited", "这张单子没有等您回应的邀请")


def can_send_back(order: Order, by: Actor) -> Verdict:
    if is_handler(order, by):
        return YES if order.state == State.ACCEPTED else no("wrong_state", "这张单子已不在您手上")
    if not leads_unit(order, by, "orders.send_back"):
        return no("not_your_post", "只有承办人或承办单位可以退回")
    if order.state != State.DISPATCHED:
        return no("wrong_state", "现在不能退回")
    return _may_return(order)


def causes_of(order: Order) -> list[Cause]:
    """The reasons for sending this order back.

    That it is not on the list of what a community does is a reason for communities, and always one.
    """
    of_community = order.unit is not None and order.unit.kind == Unit.Kind.COMMUNITY
    return [cause for cause in Cause if of_community or cause != Cause.NOT_ON_LIST]


def can_give_cause(order: Order, cause: str) -> Verdict:
    """Whether the unit that has the order may give this reason."""
    if cause not in causes_of(order):
        return no("not_a_community", "「不在社区职责清单」只用于派给社区的单子，请选别的原因")
    return YES


def _may_return(order: Order) -> Verdict:
    """A unit returns an order once, two units at most; what a ruling appointed stays."""
    if order.appointed:
        return no("appointed", "上级已经指定您的单位承办，不能再退")
    if order.unit and order.unit.code in order.returned_by:
        return no("returned_before", "您的单位已经退过一次，请提出异议，由街道裁定")
    if len(order.returned_by) >= MOST_RETURNS:
        return no("returned_enough", "这张单子已经退过两次，请提出异议，由街道裁定")
    return YES


def can_hand_over(order: Order, by: Actor) -> Verdict:
    if not is_handler(order, by):
        return no("not_handler", "只有承办人可以转交")
    return YES if order.state == State.ACCEPTED else no("wrong_state", "这张单子已不在办理中")


def can_finish(order: Order, by: Actor) -> Verdict:
    if not (is_handler(order, by) or governs(order, by, "orders.finish")):
        return no("not_handler", "只有承办人可以办结")
    return YES if order.state == State.ACCEPTED else no("wrong_state", "这张单子不在办理中")
