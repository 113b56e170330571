"""The desks beside the board: what else waits for somebody, by what the post may do."""

from collections.abc import Callable
from dataclasses import dataclass

from yizhan.base.actor import Actor
from yizhan.callbacks.models import READ as READ_RATINGS
from yizhan.dispatch.rules import can_plan
from yizhan.disputes.models import OBJECT, RULE
from yizhan.ladder.rules import has_desk
from yizhan.routing.rules import can_read_table
from yizhan.whistles.models import ANSWER


@dataclass(frozen=True, slots=True)
class Desk:
    """One page of a kind of work: its words, its name, and who has it."""

    label: str
    page: str
    is_for: Callable[[Actor], bool]


def _with(power: str) -> Callable[[Actor], bool]:
    return lambda by: bool(by.may(power) and by.area)


def _any(*powers: str) -> Callable[[Actor], bool]:
    return lambda by: any(by.may(power) for power in powers)


DESKS = (
    Desk("一起邀请", "dispatch:queue", lambda by: bool(can_plan(by))),
    Desk("可能重复", "duplicates:pairs", _with("orders.triage")),
    Desk("派单异议", "disputes:rulings", _any(RULE, OBJECT, "orders.dispatch")),
    Desk("吹哨报到", "whistles:calls", _any(*ANSWER, "orders.dispatch")),
    Desk("催办和督办", "ladder:desk", has_desk),
    Desk("挂账", "pendings:ledger", _with("orders.read")),
    Desk("回访和整改", "callbacks:desk", _with(READ_RATINGS)),
    Desk("您说我办", "answers:desk", _with("orders.dispatch")),
    Desk("使用记录", "conduct:desk", _with("orders.dispatch")),
    Desk("派单目录", "routing:tables", lambda by: bool(can_read_table(by))),
)


def desks(by: Actor) -> list[Desk]:
    """The desks of this actor, in the order in which an order comes by them."""
    return [desk for desk in DESKS if desk.is_for(by)]
