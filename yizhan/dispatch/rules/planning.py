"""Who may plan whom to ask for a whole queue."""

from yizhan.base.actor import Actor
from yizhan.base.verdict import YES, Verdict, no
from yizhan.dispatch.models import Plan

INVITE = "orders.invite"


def can_plan(by: Actor) -> Verdict:
    """Whoever invites people, for the orders of their area or unit."""
    own = by.on_behalf_of is None and by.may(INVITE)
    if own and (by.area or by.unit_path):
        return YES
    return no("not_your_post", "邀请由社区或承办单位发出")


def can_draw_up(by: Actor, *, orders: int) -> Verdict:
    """There must be orders that wait for somebody."""
    verdict = can_plan(by)
    if verdict and not orders:
        return no("nothing", "没有等着邀请的单子")
    return verdict


def can_adjust(plan: Plan, by: Actor) -> Verdict:
    """As long as nothing of it has been sent, and nobody has drawn up another."""
    verdict = can_plan(by)
    if verdict and not plan.is_within(by):
        return no("outside", "这份方案不在您的辖区")
    if verdict and plan.state == Plan.State.SENT:
        return no("sent", "这份方案的邀请已经发出")
    if verdict and plan.state == Plan.State.DROPPED:
        return no("dropped", "这份方案已作废，有人重新拟了一份")
    return verdict


def can_send(plan: Plan, by: Actor, *, chosen: int) -> Verdict:
    """Somebody must be chosen for one order at least."""
    verdict = can_adjust(plan, by)
    if verdict and not chosen:
        return no("nobody", "还没有给任何一张单子选人")
    return verdict
