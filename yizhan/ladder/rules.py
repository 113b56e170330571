"""Which rung comes now, and who may issue, answer or decide. No database here."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from yizhan.base.actor import Actor, Kind
from yizhan.base.verdict import YES, Verdict, no
from yizhan.clocks.calendar import OfficeHours, add_time, office, quiet_until
from yizhan.clocks.models import Clock
from yizhan.clocks.rules import AMBER, moment_of
from yizhan.ladder.models import Decision, Rung, Supervision
from yizhan.ladder.plan import Moment, Plan
from yizhan.orders.models import Order
from yizhan.orders.standing import governs
from yizhan.orders.states import OPEN, State

FAILED = 2
CLIMBS = tuple(state for state in OPEN if state not in (State.ASKING, State.PENDING))
Code = Rung.Code
STREET = "由街道或区里来定"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a rung depends on beside the order and the clock: the plan, what fired, the hours."""

    plan: Plan
    fired: frozenset[str]
    hours: OfficeHours


def rungs(order: Order, clock: Clock, facts: Facts) -> dict[str, Moment]:
    """The rungs of this clock, lowest first. What is open to a unit need not be opened."""
    found = dict(facts.plan.of(clock.kind))
    if order.pool and Code.OPENED not in facts.fired:
        found.pop(Code.OPENED, None)
    return found


def moment(rung: Moment, clock: Clock, hours: OfficeHours) -> datetime:
    """When this rung comes for this clock, as it stands now."""
    if rung.days:
        return add_time(clock.due_at, rung.days * office(hours).day, hours)
    if rung.share in (1, AMBER):
        return clock.due_at if rung.share == 1 else clock.amber_at
    return moment_of(clock, rung.share, hours)


def due(order: Order, clock: Clock, facts: Facts, at: datetime) -> list[tuple[datetime, str]]:
    """The rungs that have come by now and have not fired, lowest first.

    Nobody is urged while the asker is waited for, or money.
    """
    if order.state not in CLIMBS or not _ticks(clock):
        return []
    moments = {
        code: moment(one, clock, facts.hours) for code, one in rungs(order, clock, facts).items()
    }
    return [(one, code) for code, one in moments.items() if code not in facts.fired and one <= at]


def _ticks(clock: Clock) -> bool:
    return clock.is_running and clock.paused_at is None


def can_open_pool(order: Order, clock: Clock, facts: Facts, by: Actor, at: datetime) -> Verdict:
    """Half of the window is over: everybody in the unit may take it."""
    return _comes(Code.OPENED, order, clock, facts, by, at)


def can_call_in(order: Order, clock: Clock, facts: Facts, by: Actor, at: datetime) -> Verdict:
    """The whole window is over: back to whoever dispatches."""
    return _comes(Code.CALLED_IN, order, clock, facts, by, at)


def can_remind(order: Order, clock: Clock, facts: Facts, by: Actor, at: datetime) -> Verdict:
    """Most of the time is used."""
    return _comes(Code.REMINDED, order, clock, facts, by, at)


def can_urge(order: Order, clock: Clock, facts: Facts, by: Actor, at: datetime) -> Verdict:
    """All of the time is used."""
    return _comes(Code.URGED, order, clock, facts, by, at)


def can_propose(order: Order, clock: Clock, facts: Facts, by: Actor, at: datetime) -> Verdict:
    """Late by a day: somebody of the street may issue a 督办单."""
    return _comes(Code.SUPERVISED, order, clock, facts, by, at)


def can_refer(order: Order, clock: Clock, facts: Facts, by: Actor, at: datetime) -> Verdict:
    """Late by days: people decide how it goes on."""
    return _comes(Code.DECIDED, order, clock, facts, by, at)


def _comes(code: str, order: Order, clock: Clock, facts: Facts, by: Actor, at: datetime) -> Verdict:
    if by.kind != Kind.CLOCK:
        return no("not_your_post", "这一步由系统按时限来做")
    if order.state not in CLIMBS or not _ticks(clock):
        return no("not_ticking", "这个时限已经不在走了")
    if code in facts.fired:
        return no("fired_already", "这一步已经做过了")
    ladder = rungs(order, clock, facts)
    if code not in ladder or moment(ladder[code], clock, facts.hours) > at:
        return no("not_due", "还没有到这一步")
    if not _before(code, list(ladder)) <= facts.fired:
        return no("out_of_turn", "前一步还没有做")
    return YES


def _before(code: str, ladder: list[str]) -> set[str]:
    return set(ladder[: ladder.index(code)])


def can_announce(by: Actor, at: datetime) -> Verdict:
    """Tell those who answer for it: the clock, while offices may be written to."""
    if by.kind != Kind.CLOCK:
        return no("not_your_post", "提醒由系统来发")
    return no("quiet", "晚上和休息日不打扰") if quiet_until(at) else YES


def can_issue(supervision: Supervision, by: Actor) -> Verdict:
    """Somebody of the street or the district, while the order is open."""
    if not governs(supervision.order, by, "orders.rule"):
        return no("not_your_post", f"督办单发不发，{STREET}")
    if supervision.state != Supervision.State.PROPOSED:
        return no("wrong_state", "这张督办单已经有人定过了")
    if not _goes_on(supervision.order, supervision.round):
        return no("order_over", "单子已经不在办，不用督办了")
    return YES


def can_dismiss(supervision: Supervision, by: Actor) -> Verdict:
    """The same people, also when the order is over."""
    if not governs(supervision.order, by, "orders.rule"):
        return no("not_your_post", f"督办单发不发，{STREET}")
    if supervision.state != Supervision.State.PROPOSED:
        return no("wrong_state", "这张督办单已经有人定过了")
    return YES


def can_answer(supervision: Supervision, by: Actor) -> Verdict:
    """Whoever answers for the unit: its own post, or for a community the office there."""
    if not _answers_for(supervision, by):
        return no("not_your_post", "督办单由收到的单位来答复")
    if supervision.state == Supervision.State.ISSUED:
        return YES
    return no("wrong_state", "这张督办单不在等答复")


def _answers_for(supervision: Supervision, by: Actor) -> bool:
    unit = supervision.unit
    own = by.may("orders.send_back") and by.reaches_unit(unit.path)
    office = unit.kind == "community" and by.unit_id == unit.pk and by.may("orders.dispatch")
    return by.on_behalf_of is None and (own or office)


def can_decide(decision: Decision, by: Actor) -> Verdict:
    """Somebody of the street or the district, once."""
    if not governs(decision.order, by, "orders.rule"):
        return no("not_your_post", f"接下来怎么办，{STREET}")
    if decision.state != Decision.State.WAITING:
        return no("wrong_state", "已经有人定过了")
    if not _goes_on(decision.order, decision.round):
        return no("order_over", "单子已经不在办，不用再定了")
    return YES


def _goes_on(order: Order, number: int) -> bool:
    return order.state in OPEN and order.round == number


def has_failed(called_in: Collection[str] | int) -> bool:
    """Whether this was the second time in a round that nobody of a unit took the order."""
    count = called_in if isinstance(called_in, int) else len(called_in)
    return count == FAILED


def may_see(supervision: Supervision, by: Actor) -> bool:
    """What `visible_to` asks the database, for one already read."""
    if by.may("orders.send_back") and by.unit_path:
        return supervision.state in Supervision.SENT and by.reaches_unit(supervision.unit.path)
    return governs(supervision.order, by, "orders.dispatch")


def has_desk(by: Actor) -> bool:
    """Whether late orders are this post's to see to: an office of an area, or who answers for
    a unit.
    """
    return bool(_is_office(by) or (by.may("orders.send_back") and by.unit_path))


def _is_office(by: Actor) -> bool:
    return bool(by.may("orders.dispatch") and by.area)
