"""What the page of an order says of the ladder, and what may be begun when nobody took it."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse

from yizhan.base.actor import Actor
from yizhan.clocks.allowances import KINDS
from yizhan.ladder import operations, queries, rules
from yizhan.ladder.models import Rung, Supervision
from yizhan.ladder.plan import ACCEPT
from yizhan.orders.cases import Card, Case, Door, register
from yizhan.orders.models import Order
from yizhan.orders.rules import can_dispatch, is_asker
from yizhan.orders.states import OPEN, State

STEEP = (Rung.Code.SUPERVISED, Rung.Code.DECIDED)
WAITS = (State.RECEIVED, State.ESCALATED)
HONEST = (
    "已经请过两个单位的人，都没有人能接。",
    "社区和街道都知道了，正在另想办法。",
    "您可以打社区的电话问一问，也可以在下面撤回，另外找人。",
)


def cards(order: Order, by: Actor, at: datetime) -> list[Card]:
    """How far it has come. Only an open order past its first promise asks the database."""
    if order.state not in OPEN or at < order.arrange_by:
        return []
    rungs = queries.rungs_of(order)
    if is_asker(order, by):
        return _honest(order, rungs)
    if not rungs or not (by.may("orders.dispatch") or by.may("orders.send_back")):
        return []
    return [_card(order, by, rungs)]


def _honest(order: Order, rungs: Sequence[Rung]) -> list[Card]:
    """What the asker is told when nobody took it twice; nothing of what units are reminded of."""
    if order.state not in WAITS or len(_called_in(rungs)) < rules.FAILED:
        return []
    return [Card("还没找到人", "正在想办法", "orange", HONEST, "")]


def _called_in(rungs: Sequence[Rung]) -> list[Rung]:
    return [one for one in rungs if one.rung == Rung.Code.CALLED_IN]


def _card(order: Order, by: Actor, rungs: Sequence[Rung]) -> Card:
    last, times = max(rungs, key=queries.height), len(_called_in(rungs))
    lines = [f"{KINDS[last.kind].label}的时限：{last.get_rung_display()}。"]
    if times and order.state in WAITS:
        lines.append(f"派出 {times} 次没人接。可以社区自办、转别的单位，或者上报街道。")
    url = reverse("ladder:desk")
    if any(one.rung in STEEP for one in rungs) and (found := queries.supervision_of(order)):
        issued = found.state in Supervision.SENT
        lines.append(f"督办单{found.number if issued else ''}：{found.get_state_display()}。")
        url = found.get_absolute_url() if rules.may_see(found, by) else url
    red = any(one.rung in (Rung.Code.URGED, *STEEP) for one in rungs)
    return Card(
        "催办和督办", str(last.get_rung_display()), "red" if red else "gold", (*lines,), url
    )


def doors(order: Order, by: Actor, at: datetime) -> list[Door]:
    """The three ways, for whoever dispatches an order that came back because nobody took it."""
    if order.state not in WAITS or at < order.arrange_by or not can_dispatch(order, by):
        return []
    if not any(one.kind == ACCEPT for one in _called_in(queries.rungs_of(order))):
        return []
    return [Door("没人接，三种办法", reverse("ladder:choose", args=[order.code]), "signpost")]


def erase(order: Order, by: Actor, at: datetime) -> int:
    """The words go with those of the order."""
    return operations.erase_ladder(order=order, by=by, at=at)


register(Case("ladder", cards, doors, erase=erase))
