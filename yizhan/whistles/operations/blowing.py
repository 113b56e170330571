"""The street calls units, changes whom it calls, and ends the whistle."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from yizhan.base.actor import Actor
from yizhan.base.outbox import tell
from yizhan.base.verdict import Refused
from yizhan.clocks.calendar import add_working
from yizhan.orders import whom
from yizhan.orders.models import Order
from yizhan.people.models import Unit
from yizhan.reading.rules import NOTHING_KEPT, can_show, kept_facts
from yizhan.regions.district import profile
from yizhan.whistles import kinds, messages, queries, rules
from yizhan.whistles.models import Call, Whistle


@dataclass(frozen=True, slots=True)
class Brief:
    """What the called units are told: the kind, the matter, where, and what in it stays as it is
    although it looks like personal data.
    """

    kind: str
    matter: str
    place: str = ""
    kept: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def blow(
    *, order: Order, brief: Brief, lead: Unit, helpers: Sequence[Unit], by: Actor, at: datetime
) -> Whistle:
    """Call several units on one order: one leads, the others help. Each is told by when to answer.

    Raises `Refused` "personal_data" where the brief tells who asked, "unit_elsewhere" for a unit
    that does not work there.
    """
    order = Order.objects.lock(order)
    rules.can_blow(order, by, is_open=queries.is_open(order)).or_refuse()
    texts = [brief.matter, brief.place]
    can_show(texts, brief.kept).or_refuse()
    whistle = Whistle.objects.create(
        kind=brief.kind,
        order=order,
        caller=queries.caller_of(by),
        region_code=order.region_code,
        matter=brief.matter,
        place=brief.place,
        blown_at=at,
        due_at=order.finish_by,
    )
    facts = {"order": order.pk, "about": brief.kind, **kept_facts(texts, brief.kept)}
    whistle.begin("blown", by=by, at=at, **facts)
    _call(whistle, lead, Call.Part.LEAD, by=by, at=at)
    for unit in dict.fromkeys(helpers):
        if unit.pk != lead.pk:
            _call(whistle, unit, Call.Part.HELPER, by=by, at=at)
    return whistle


def _call(whistle: Whistle, unit: Unit, part: str, *, by: Actor, at: datetime) -> None:
    if not whom.can_reach(unit, whistle.order):
        raise Refused("unit_elsewhere", "这个单位不在本社区和街道的承办范围，请另选一个")
    call = Call.objects.create(
        whistle=whistle,
        unit=unit,
        part=part,
        region_code=whistle.region_code,
        called_at=at,
        answer_by=_answer_by(whistle, at),
    )
    call.begin("called", by=by, at=at, unit=unit.code, part=str(part))
    tell(*messages.called(call, at), at=at)


def _answer_by(whistle: Whistle, at: datetime) -> datetime:
    return kinds.answer_by(whistle.kind, at, profile().office_hours)


@transaction.atomic
def call_unit(*, whistle: Whistle, unit: Unit, by: Actor, at: datetime) -> Whistle:
    """Call one more unit as a helper, or again one that was told not to come."""
    whistle = Whistle.objects.lock(whistle)
    rules.can_call_unit(whistle, by).or_refuse()
    call = Call.objects.filter(whistle=whistle, unit=unit).first()
    if call is None:
        _call(whistle, unit, Call.Part.HELPER, by=by, at=at)
        return whistle
    if call.state != Call.State.CANCELLED:
        raise Refused("called_already", "这家单位已经叫过了")
    call = Call.objects.lock(call)
    call.called_at, call.answer_by, call.answered_at = at, _answer_by(whistle, at), None
    saving = ("called_at", "answer_by", "answered_at")
    call.move(Call.State.CALLED, by=by, at=at, saving=saving, unit=unit.code)
    tell(*messages.called(call, at), at=at)
    return whistle


@transaction.atomic
def cancel_call(
    *, call: Call, words: str, kept: Mapping[str, str] = NOTHING_KEPT, by: Actor, at: datetime
) -> Call:
    """Tell a helper that it need not come, and why."""
    call = Call.objects.lock(call)
    rules.can_cancel_call(call, by).or_refuse()
    can_show([words], kept).or_refuse()
    facts = kept_facts([words], kept)
    call.move(Call.State.CANCELLED, by=by, at=at, remark=words, **facts)
    tell(*messages.to_unit(call, "whistle_cancelled", at), at=at)
    return call


@transaction.atomic
def change_lead(
    *,
    whistle: Whistle,
    unit: Unit,
    words: str,
    kept: Mapping[str, str] = NOTHING_KEPT,
    by: Actor,
    at: datetime,
) -> Whistle:
    """Another of the called units leads from now on, for a reason."""
    whistle = Whistle.objects.lock(whistle)
    rules.can_change_lead(whistle, by).or_refuse()
    can_show([words], kept).or_refuse()
    found = {call.unit_id: call for call in Call.objects.filter(whistle=whistle).order_by("pk")}
    before = next(call for call in found.values() if call.part == Call.Part.LEAD)
    after = found.get(unit.pk)
    if after is None or after.state == Call.State.CANCELLED or after.pk == before.pk:
        raise Refused("not_called", "请从叫到的其他单位里选一家牵头")
    for call, part in ((before, Call.Part.HELPER), (after, Call.Part.LEAD)):
        call = Call.objects.lock(call)
        call.part = part
        call.note("part_changed", by=by, at=at, saving=("part",), part=str(part))
        tell(*messages.to_unit(call, "whistle_lead_changed", at), at=at)
    facts = {"unit": unit.code, **kept_facts([words], kept)}
    whistle.note("lead_changed", by=by, at=at, remark=words, **facts)
    return whistle


@transaction.atomic
def confirm_arrival(*, call: Call, by: Actor, at: datetime) -> Call:
    """The street has seen the unit there."""
    call = Call.objects.lock(call)
    rules.can_confirm_arrival(call, by).or_refuse()
    call.confirmed_at = at
    call.note("confirmed", by=by, at=at, saving=("confirmed_at",))
    return call


@transaction.atomic
def close_whistle(
    *, whistle: Whistle, words: str, kept: Mapping[str, str] = NOTHING_KEPT, by: Actor, at: datetime
) -> Whistle:
    """End the whistle with what came of it; the order goes on by itself. Both sides may assess."""
    whistle = Whistle.objects.lock(whistle)
    rules.can_close_whistle(whistle, by).or_refuse()
    can_show([words], kept).or_refuse()
    hours = profile().office_hours
    whistle.closed_at = at
    whistle.shown_at = add_working(at, days=rules.SHOWN_AFTER_DAYS, office_hours=hours)
    saving, facts = ("closed_at", "shown_at"), kept_facts([words], kept)
    whistle.move(Whistle.State.CLOSED, by=by, at=at, saving=saving, remark=words, **facts)
    for call in queries.calls_of(whistle):
        if call.state != Call.State.CANCELLED:
            tell(*messages.to_unit(call, "whistle_closed", at), at=at)
    return whistle
