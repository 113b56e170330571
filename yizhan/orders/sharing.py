"""Texts for a WeChat group: what an invited person may know, and a link that asks to sign in.

Only the category's own words, the rough area and a computed time go in. What the asker wrote, who
they are, how they are reached and where exactly they live cannot: nothing sealed is read here, and
not even the brief, which staff may have worded themselves. What is sensitive is not told at all.
The district's own words for a category are masked too: here nobody is asked.
"""

from collections.abc import Sequence
from datetime import datetime

from yizhan.base.actor import Actor
from yizhan.base.verdict import YES, Verdict, no
from yizhan.clocks.calendar import promise_text
from yizhan.orders import rules
from yizhan.orders.models import Order
from yizhan.orders.states import State
from yizhan.reading.personal import public_view

DEMO = "（演示数据）"


def can_share(order: Order, by: Actor) -> Verdict:
    """Whether a text about this order may go to a group: it waits for somebody of the unit."""
    if not rules.can_invite(order, by):
        return no("not_waiting", "等人接单的时候，才请大家来接")
    return no("sensitive", "这一类单子不发到群里") if order.category.is_sensitive else YES


def of_order(order: Order, *, link: str, demo: bool, at: datetime) -> str:
    """One order that waits for somebody: 「请人接单：代买药品，渭工路一带，今天 18:00 前办好」."""
    return f"{_mark(demo)}请人接单：{_line(order, at)}。\n登录后看详情，能不能来都请回应：{link}"


def of_day(orders: Sequence[Order], *, link: str, demo: bool, at: datetime) -> str:
    """The orders that anybody of their unit may take today; nothing when there is none."""
    open_to_all = [
        order
        for order in orders
        if order.state == State.DISPATCHED and order.pool and not order.category.is_sensitive
    ]
    if not open_to_all:
        return ""
    lines = "\n".join(f"{number}. {_line(one, at)}" for number, one in enumerate(open_to_all, 1))
    return f"{_mark(demo)}今天还在等人接的单子：\n{lines}\n登录后可以接单：{link}"


def _mark(demo: bool) -> str:
    return DEMO if demo else ""


def _line(order: Order, at: datetime) -> str:
    late = order.finish_by < at
    when = "已过时限，请尽快" if late else f"{promise_text(order.finish_by, at)}办好"
    return f"{public_view(order.category.brief)}，{order.rough_area}，{when}"
