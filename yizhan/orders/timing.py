"""The clocks of an order on its page: lines for those who work on it, plain words for the asker."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from yizhan.base.actor import Actor
from yizhan.base.verdict import Verdict
from yizhan.clocks import queries as clocks
from yizhan.clocks import screens
from yizhan.clocks.calendar import promise_text
from yizhan.clocks.models import Clock, Extension, Reason
from yizhan.clocks.screens import Line
from yizhan.orders import rules
from yizhan.orders.models import Order
from yizhan.orders.promises import ARRANGE, CONTACT, RESOLVE
from yizhan.orders.standing import governs, is_asker
from yizhan.orders.states import OPEN, TRIAGE, State

TO_ASKER = {
    Reason.RESIDENT: "等您补充的时候不计时，补充后接着算",
    Reason.PENDING: "挂账的时候不计时，条件有了接着算",
}


@dataclass(frozen=True, slots=True)
class Times:
    """What a page says of the clocks: `lines` for staff, `said` for the asker, and what may be
    done. `request` is the extension that waits for this actor's decision.
    """

    lines: list[Line]
    said: tuple[str, ...]
    may: Mapping[str, Verdict]
    request: Extension | None


def clocks_of(order: Order) -> list[Clock]:
    """The clocks of the order's round."""
    return clocks.of(order, order.round)


def clock_of(order: Order, kind: str) -> Clock | None:
    """The clock of this kind in the order's round; none for an order from before there were any."""
    return _named(clocks_of(order), kind)


def _named(found: Sequence[Clock], kind: str) -> Clock | None:
    return next((clock for clock in found if clock.kind == kind), None)


def times(order: Order, by: Actor, at: datetime) -> Times:
    """The clocks for this actor's page: one query while the order is open, none when it is over
    and the actor has no part in checking it.
    """
    shown = order.state in (*OPEN, State.MERGED) or governs(order, by, "orders.triage")
    found = clocks_of(order) if shown else []
    request = _request(order, by, found)
    may = {
        "contact": rules.can_contact(order, by, _named(found, CONTACT)),
        "ask_extension": rules.can_ask_extension(order, by, _named(found, RESOLVE), at),
        "grant_extension": rules.can_grant_extension(order, by, request),
        "refuse_extension": rules.can_refuse_extension(order, by, request),
    }
    if is_asker(order, by):
        return Times([], _said(order, found, at), may, request)
    return Times(screens.lines(found, at), (), may, request)


def _request(order: Order, by: Actor, found: Sequence[Clock]) -> Extension | None:
    clock = _named(found, RESOLVE)
    if clock is None or not clock.asked_days or not governs(order, by, "orders.dispatch"):
        return None
    return clocks.waiting_extension(order)


def _said(order: Order, found: Sequence[Clock], at: datetime) -> tuple[str, ...]:
    """What explains the date the asker reads: how it came about, what moved it, what may yet."""
    clock = _named(found, ARRANGE if order.state in TRIAGE else RESOLVE)
    if clock is None or not clock.is_running:
        return ()
    if clock.paused_for:
        return (TO_ASKER[Reason(clock.paused_for)],)
    later = promise_text(clock.due_at, at) if order.state == State.MERGED else ""
    return (*([f"{later}办好"] if later else []), *screens.notes(clock))
