"""When two orders may be about the same, and who may join, merge or part them. No database here.

A main order is never merged itself: one that others were merged into stays the main one, or they
are taken out of it first (`can_fold_in`). So an answer never has more than one step to go.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from yizhan.base.actor import Actor
from yizhan.base.verdict import YES, Verdict, no
from yizhan.duplicates.models import Pair
from yizhan.orders import rules as orders
from yizhan.orders.models import Order
from yizhan.orders.standing import governs, is_asker
from yizhan.orders.states import ENDED, OPEN, State

NEAR = timedelta(days=30)
KEPT = timedelta(days=90)
LEAST_WORDS = 5
MOST_SHOWN = 3
MOST_AT_ONCE = 20
TRIAGE = "orders.triage"
GONE = no("gone", "这个提示过期了。请回到「我要点单」，再写一次是什么事")


@dataclass(frozen=True, slots=True)
class Likeness:
    """What speaks for two orders being about the same: the texts are likely or faintly alike, the
    place is the same, and how far apart in time they were placed.
    """

    is_alike: bool
    same_place: bool
    apart: timedelta


def is_likely(likeness: Likeness) -> bool:
    """The texts are alike; or faintly so, at the same place, within thirty days."""
    return likeness.is_alike or (likeness.same_place and abs(likeness.apart) <= NEAR)


def is_public(order: Order) -> bool:
    """Whether a resident may be told that somebody has asked for such a thing.

    Never of what concerns health, family, minors, hardship or a dispute.
    """
    category = order.category
    sensitive = category.is_sensitive or (
        category.parent is not None and category.parent.is_sensitive
    )
    return order.state in OPEN and order.main_id is None and not sensitive


def is_worth_telling(order: Order) -> bool:
    """Whether staff are told that another order is like this one: it is open, or it was done."""
    return order.state in (*OPEN, *ENDED) and order.main_id is None


def can_join(main: Order, by: Actor) -> Verdict:
    """Ask for the same as an order that one was shown."""
    if by.on_behalf_of is not None:
        return no("not_yourself", "替别人点单时不能一起办，请单独点单")
    if by.person_id is not None and by.person_id == main.author_id:
        return no("own_order", "这件事就是您自己提的，不用再提一次")
    if main.state not in OPEN or main.main_id:
        return no("over", "这件事刚刚有了结果，不能再一起办了。没有解决的话，请单独点单")
    if not is_public(main):
        return no("not_shown", "这件事不能一起办，请单独点单")
    return YES


def can_attach(order: Order, main: Order, by: Actor) -> Verdict:
    """Put one's own order, which nobody has read yet, to another about the same."""
    if by.on_behalf_of is not None or not is_asker(order, by):
        return no("not_asker", "只有点单人可以决定和别人一起办")
    if order.state != State.PLACED:
        return no("too_late", "社区已经看过您的单子，要不要一起办由社区来定")
    return can_join(main, by)


def can_merge(main: Order, orders_of_it: Sequence[Order], by: Actor) -> Verdict:
    """Merge orders into a main one: by who triages all of them."""
    if not orders_of_it:
        return no("nothing", "请勾选要并进去的单子，主单以外至少一张")
    if len(orders_of_it) > MOST_AT_ONCE:
        return no("too_many", f"一次最多并 {MOST_AT_ONCE} 张，请分几次")
    for order in (main, *orders_of_it):
        if not governs(order, by, TRIAGE):
            return no("outside", "有一张单子不在您的辖区，请街道来合并")
    refused = (orders.can_fold_in(order, main, by) for order in orders_of_it)
    return next((verdict for verdict in refused if not verdict), YES)


def can_tell_apart(pair: Pair, by: Actor) -> Verdict:
    """Say for good that two orders are not about the same."""
    if not (governs(pair.older, by, TRIAGE) and governs(pair.newer, by, TRIAGE)):
        return no("not_your_post", "由管这两张单子的社区或街道来认定")
    if pair.apart_at is not None:
        return no("wrong_state", "已经认定不是同一件了")
    return YES


def can_compare(by: Actor, order: Order) -> Verdict:
    """See an order beside those like it."""
    return YES if governs(order, by, TRIAGE) else no("not_your_post", "由社区或街道来看")
