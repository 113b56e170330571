"""What the page of one order shows to one actor: facts, history, verdicts, forms."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate, localtime

from yizhan.base.actor import Actor
from yizhan.base.steps import Step
from yizhan.base.verdict import Verdict
from yizhan.clocks.calendar import promise_text
from yizhan.orders import cases, queries, rules, suggesting, whom
from yizhan.orders.advice import advice
from yizhan.orders.cases import Card, Door
from yizhan.orders.models import Order, Photo
from yizhan.orders.rules import Facts
from yizhan.orders.states import Cause, State
from yizhan.orders.timing import Times, times
from yizhan.people.masking import masked_phone, polite_name
from yizhan.privacy.rules import phone_access
from yizhan.ratings.queries import latest

PLAIN = {
    State.PLACED: "已收到",
    State.RECEIVED: "已收到，正在安排",
    State.ASKING: "需要您补充",
    State.DISPATCHED: "已安排",
    State.ACCEPTED: "正在办",
    State.FINISHED: "办好了",
    State.RATED: "已评单",
    State.WITHDRAWN: "已撤回",
    State.TURNED_AWAY: "请到别处办",
    State.ESCALATED: "街道正在安排",
    State.DISPUTED: "正在定由哪个单位办",
    State.PENDING: "暂时办不了",
    State.MERGED: "和同一件事一起办",
}
AMONG_STAFF = {
    "amended",
    "sent_back",
    "handed_over",
    "sent_down",
    "called_in",
    "disputed",
    "joined",
    "parted",
    "extension_asked",
    "extension_refused",
}
FOR_RESIDENTS = frozenset(Order.STEPS) - AMONG_STAFF
WITH_WORDS = frozenset(
    {"asked", "answered", "finished", "answered_with", "turned_away", "reopened", "sent_back"}
    | {"extension_asked", "extension_granted", "extension_refused"}
    | {"escalated", "sent_down", "disputed", "settled", "set_aside", "taken_up", "concluded"}
)
UNSAID = frozenset({"escalated", "settled"})


@dataclass(frozen=True, slots=True)
class Knot:
    """One of the four knots of the tracker: name, `done`, `now` or `todo`, and a time text."""

    name: str
    state: str
    time: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the history: when, what, by which office, and the words said."""

    at: datetime
    label: str
    who: str
    words: str


@dataclass(frozen=True, slots=True)
class Screen:
    """Everything an order's page shows. `may` maps each verb to its verdict."""

    order: Order
    is_asker: bool
    is_handler: bool
    state_name: str
    tone: str
    tracker: list[Knot]
    lines: list[Line]
    may: Mapping[str, Verdict]
    handler_name: str
    unit_name: str
    promise: str
    late: bool
    phone: str
    phone_open: bool
    question: str
    photos: list[Photo]
    cards: list[Card]
    doors: list[Door]
    times: Times
    extension_reason: str


def verdicts(
    order: Order, by: Actor, facts: Facts, access: str, undo: Verdict
) -> dict[str, Verdict]:
    """Every act on an order and whether this actor may do it now."""
    plain = {
        "admit": rules.can_admit,
        "ask": rules.can_ask,
        "answer": rules.can_answer,
        "amend": rules.can_amend,
        "turn_away": rules.can_turn_away,
        "dispatch": rules.can_dispatch,
        "invite": rules.can_invite,
        "send_back": rules.can_send_back,
        "hand_over": rules.can_hand_over,
        "finish": rules.can_finish,
        "reopen": rules.can_reopen,
        "withdraw": rules.can_withdraw,
        "escalate": rules.can_escalate,
        "send_down": rules.can_send_down,
        "call_in": rules.can_call_in,
    }
    return {
        **{verb: can(order, by) for verb, can in plain.items()},
        "accept": rules.can_accept(order, by, facts),
        "rate": rules.can_rate(order, by, facts),
        "decline": rules.can_decline(order, facts),
        "reveal": rules.can_reveal(order, by, access),
        "undo": undo,
    }


def screen(order: Order, by: Actor, at: datetime, *, revealed: bool = False) -> Screen:
    """The page of one order for one actor, in a constant number of queries."""
    asker, handler = rules.is_asker(order, by), rules.is_handler(order, by)
    access = phone_access(by, accepted=handler)
    steps = queries.told_to(order, by)
    due = queries.deadline(order)
    undo = rules.can_undo(order, queries.last_for(order, by, at, steps[-1]), by, at)
    timed = times(order, by, at)
    opened = revealed or (asker and by.on_behalf_of is None)
    return Screen(
        order=order,
        is_asker=asker,
        is_handler=handler,
        state_name=PLAIN[State(order.state)] if asker else str(order.get_state_display()),
        tone=order.tone,
        tracker=tracker(order, steps, at),
        lines=history(steps, asker=asker),
        may={**verdicts(order, by, queries.facts_of(order, by), access, undo), **timed.may},
        handler_name=polite_name(order.handler.full_name) if order.handler else "",
        unit_name=_unit_name(order, steps),
        promise=promise_text(due, at) if due else "",
        late=queries.is_late(order, at),
        phone=_phone(order, opened) if opened or access != "never" else "",
        phone_open=opened,
        question=_last_words(steps, "asked"),
        photos=list(order.photos.order_by("pk")) if steps[0].facts.get("photos") else [],
        cards=cases.cards(order, by, at),
        doors=cases.doors(order, by, at),
        times=timed,
        extension_reason=_last_words(steps, "extension_asked") if timed.request else "",
    )


def _last_words(steps: list[Step], kind: str) -> str:
    """The words of the newest step of a kind."""
    return next((words(step) for step in reversed(steps) if step.kind == kind), "")


def _unit_name(order: Order, steps: list[Step]) -> str:
    """The unit in whose post the handler took the order; before that, the unit that has it."""
    taken = [step for step in steps if step.kind in ("accepted", "handed_over")]
    if order.handler_id and taken and (office := _office(taken[-1])):
        return office
    return order.unit.name if order.unit else ""


def _phone(order: Order, opened: bool) -> str:
    if not order.contact_phone:
        return ""
    number = order.contact_phone.open()
    return number if opened else masked_phone(number)


def words(step: Step) -> str:
    """The remark of a step, as long as it has not been erased."""
    if step.kind not in WITH_WORDS or step.remark is None or step.remark.text is None:
        return ""
    said: str = step.remark.text.open()
    return said


def tracker(order: Order, steps: list[Step], at: datetime) -> list[Knot]:
    """点单, 派单, 接单, 评单: what is done, what is going on, what is to come."""
    last = {step.kind: step.at for step in steps}
    started = last.get("reopened")
    times = [last.get(kind) for kind in ("placed", "dispatched", "accepted", "rated")]
    if started:
        times = [times[0], *(t if t and t >= started else None for t in times[1:])]
    reached = {
        State.DISPATCHED: 2,
        State.ACCEPTED: 3,
        State.FINISHED: 3,
        State.RATED: 4,
        State.PENDING: 2 if order.unit_id else 1,
    }.get(State(order.state), 1)
    if order.state == State.ASKING and order.asked_from == State.ACCEPTED:
        reached = 3
    knots = []
    for place, (name, moment) in enumerate(
        zip(("点单", "派单", "接单", "评单"), times, strict=True)
    ):
        state = "done" if place < reached else "now" if place == reached else "todo"
        if order.state in (State.WITHDRAWN, State.TURNED_AWAY, State.MERGED) and state == "now":
            state = "todo"
        knots.append(Knot(name, state, _clock(moment, at) if moment and state == "done" else ""))
    return knots


def _clock(moment: datetime, at: datetime) -> str:
    local = localtime(moment)
    same_day = local.date() == localdate(at)
    return f"{local:%H:%M}" if same_day else f"{local.month}月{local.day}日"


def history(steps: list[Step], *, asker: bool) -> list[Line]:
    """The lines of the history that this reader may see, newest first."""
    lines = []
    for step in steps:
        if asker and step.facts.get("undone", step.kind) not in FOR_RESIDENTS:
            continue
        lines.append(Line(step.at, _label(step), _who(step), _told(step) if asker else words(step)))
    return lines[::-1]


def _told(step: Step) -> str:
    """The words of a step as far as they are for the asker: reasons among offices are not."""
    answered = step.facts.get("to") == State.TURNED_AWAY
    return words(step) if step.kind not in UNSAID or answered else ""


def _label(step: Step) -> str:
    """What was done; of a step taken back also which one: 撤销派单."""
    taken_back = Order.STEPS.get(step.facts.get("undone", ""), "")
    return Order.STEPS[step.kind] + taken_back + _cause(step)


def _cause(step: Step) -> str:
    """Why an order was sent back, where the code says it; what is 其他 stands in the words."""
    cause = step.facts.get("reason", "") if step.kind == "sent_back" else ""
    return f"：{Cause(cause).label}" if cause and cause != Cause.OTHER else ""


def _office(step: Step) -> str:
    """The unit in whose post a step was done, as `told_to` reads it."""
    return getattr(step, "office", None) or ""


def _who(step: Step) -> str:
    """The office that did a step, or the asker; and who did it for the asker."""
    office = _office(step)
    if step.on_behalf_of is not None:
        return f"由{office or '家人'}代办"
    return office or _asked(step)


def _asked(step: Step) -> str:
    """Who did a step in no post."""
    own = step.kind in ("placed", "answered", "rated", "reopened", "withdrawn")
    return "点单人" if own else ""


def extras(order: Order, may: Mapping[str, Verdict], by: Actor, at: datetime) -> dict[str, Any]:
    """What stands behind the forms offered: units, candidates, colleagues; and the rating."""
    found: dict[str, Any] = {}
    if may["dispatch"]:
        units = whom.units_for(order)
        found["advice"] = told = advice(order, units, at)
        found["units"] = sorted(units, key=lambda unit: bool(told and unit.code not in told.codes))
    if may["invite"]:
        found["candidates"] = whom.candidates(order, at)
    if may["amend"] and may["dispatch"]:
        found["suggested"] = suggesting.for_staff(order)
    if rules.can_read_rating(order, by):
        found["rating"] = latest(order)
    if may["hand_over"]:
        found["colleagues"] = whom.colleagues(order, by, localdate(at))
    return found
