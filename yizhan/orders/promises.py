"""The clocks of an order: which there are, how long, and what an act does to them.

`arrange_by` and `finish_by` are copies of two dues, for lists. Called inside the operations of
orders, which hold the lock and write the step.
"""

from collections.abc import Mapping
from datetime import datetime

from yizhan.clocks import operations as clocks
from yizhan.clocks import rules
from yizhan.clocks.allowances import DAYS, HOUR, MINUTES, Allowance, allowance, by_category
from yizhan.clocks.models import Clock, Reason
from yizhan.clocks.operations import Promise
from yizhan.orders.models import Order
from yizhan.orders.states import Source
from yizhan.regions.district import profile

SIGN, ARRANGE, CONTACT, RESOLVE = KINDS = ("sign", "arrange", "contact", "resolve")
STANDS_STILL = (ARRANGE, RESOLVE)
COLUMNS = {ARRANGE: "arrange_by", RESOLVE: "finish_by"}
IN_PERSON = (Source.WALK_IN, Source.CALLER)


def lengths(order: Order) -> dict[str, Allowance]:
    """The working time of each clock for the order's category and level."""
    category = order.category
    about = [category.code]
    if by_category() and category.parent:
        about.append(category.parent.code)
    usual = {
        ARRANGE: Allowance(category.arrange_hours * HOUR, MINUTES),
        RESOLVE: Allowance(category.finish_days, DAYS),
    }
    return {
        kind: allowance(kind, order.level, about=about, usual=usual.get(kind)) for kind in KINDS
    }


def promise(order: Order, at: datetime) -> None:
    """Set the promises that lists show, for an order not yet saved or just opened again."""
    given, hours = lengths(order), profile().office_hours
    for kind, column in COLUMNS.items():
        setattr(order, column, rules.due(at, given[kind], hours))


def start(order: Order, at: datetime) -> None:
    """Start the clocks of the order's round. At a counter or on the telephone somebody answered."""
    answered = order.source in IN_PERSON and order.round == 1
    promises = [
        Promise(kind, given, order.level, order.category.code, met=answered and kind == SIGN)
        for kind, given in lengths(order).items()
    ]
    clocks.start(subject=order, promises=promises, number=order.round, at=at)


def meet(order: Order, *kinds: str, at: datetime) -> None:
    """What these clocks promise has been done; all of them when none is named."""
    clocks.meet(subject=order, kinds=kinds or KINDS, at=at)


def pause(order: Order, reason: Reason, at: datetime) -> None:
    """Arranging and the end stand still."""
    clocks.pause(subject=order, kinds=STANDS_STILL, reason=reason, at=at)


def go_on(order: Order, at: datetime) -> tuple[str, ...]:
    """What stood still goes on; returns the columns of the order that moved with it."""
    return copied(order, clocks.resume(subject=order, at=at))


def copied(order: Order, moved: Mapping[str, Clock]) -> tuple[str, ...]:
    """Copy the dues of these clocks to the order's columns; returns the columns to save."""
    columns = {COLUMNS[kind]: clock.due_at for kind, clock in moved.items() if kind in COLUMNS}
    for column, due_at in columns.items():
        setattr(order, column, due_at)
    return tuple(columns)


def turn_away(order: Order, at: datetime) -> None:
    """Answered with another address: that was the answer, and nothing else is to be done."""
    clocks.meet(subject=order, kinds=(SIGN,), at=at)
    clocks.stop(subject=order, at=at)
