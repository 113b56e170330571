"""Who may put an order on the pending list, look after it, and strike it off. No database here."""

from datetime import date, timedelta

from yizhan.base.actor import Actor, Kind
from yizhan.base.verdict import YES, Verdict, no
from yizhan.orders import rules as orders
from yizhan.orders.models import Order
from yizhan.pendings.models import Pending

MOST_DAYS = 90
OFFICE = "挂账由社区或街道来管"


def can_pend(order: Order, by: Actor) -> Verdict:
    """What the order allows: see `orders.rules.can_set_aside`."""
    return orders.can_set_aside(order, by)


def can_set_review(review: date, today: date) -> Verdict:
    """The next look is after today and at most 90 days away."""
    if review <= today:
        return no("too_early", "下次复查要定在今天以后")
    if review > today + timedelta(days=MOST_DAYS):
        return no("too_far", f"下次复查最晚定在 {MOST_DAYS} 天以内")
    return YES


def can_review(pending: Pending, by: Actor) -> Verdict:
    if not _looks_after(pending, by):
        return no("not_your_post", OFFICE)
    return _on_list(pending)


def can_resume(pending: Pending, by: Actor) -> Verdict:
    return can_review(pending, by)


def can_propose_strike_off(pending: Pending, by: Actor) -> Verdict:
    if not _looks_after(pending, by):
        return no("not_your_post", OFFICE)
    if pending.state == Pending.State.PROPOSED:
        return no("wrong_state", "已经提请销号，等点单人或另一位同志确认")
    return _on_list(pending)


def can_strike_off(pending: Pending, by: Actor) -> Verdict:
    """By the asker, or by a second person of the office: never by who proposed it."""
    if not (orders.is_asker(pending.order, by) or _looks_after(pending, by)):
        return no("not_your_post", "销号由点单人或另一位同志确认")
    if by.person_id is not None and by.person_id == pending.proposed_by_id:
        return no("second_person", "提请销号的人不能自己确认，请点单人或另一位同志来确认")
    return _is_proposed(pending)


def can_refuse_strike_off(pending: Pending, by: Actor) -> Verdict:
    if not (orders.is_asker(pending.order, by) or _looks_after(pending, by)):
        return no("not_your_post", "由点单人或另一位同志来说")
    return _is_proposed(pending)


def can_exclude(pending: Pending, by: Actor) -> Verdict:
    """The street, once the asker has been told, which setting aside does by itself."""
    if not orders.governs(pending.order, by, "orders.rule"):
        return no("not_your_post", "是否计入解决率由街道来定")
    if pending.excluded_at:
        return no("wrong_state", "街道已经同意过了")
    return _on_list(pending)


def can_remind(pending: Pending, by: Actor, today: date) -> Verdict:
    if by.kind != Kind.CLOCK:
        return no("not_your_post", "提醒由系统到日子自动发")
    if not pending.is_due(today) or pending.reminded_for == pending.review_date:
        return no("not_due", "还没有到复查的日子，或者已经提醒过了")
    return YES


def _looks_after(pending: Pending, by: Actor) -> bool:
    return orders.governs(pending.order, by, "orders.dispatch")


def _on_list(pending: Pending) -> Verdict:
    standing = pending.order.state == "pending" and pending.order.round == pending.round
    if pending.state in Pending.ON_LIST and standing:
        return YES
    return no("wrong_state", "这件事已经不在挂账里了")


def _is_proposed(pending: Pending) -> Verdict:
    if pending.state != Pending.State.PROPOSED:
        return no("wrong_state", "现在没有要确认的销号")
    return _on_list(pending)
