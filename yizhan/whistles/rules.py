"""Who may call, answer, close and assess. No database here."""

from collections.abc import Collection, Mapping
from datetime import datetime

from yizhan.base.actor import Actor
from yizhan.base.verdict import YES, Verdict, no
from yizhan.orders.models import Order
from yizhan.orders.standing import governs
from yizhan.orders.states import OPEN
from yizhan.people.models import Unit
from yizhan.whistles.models import ANSWER, BLOW, Assessment, Call, Whistle

SHOWN_AFTER_DAYS = 10
LEVELS = {5: "很好", 4: "好", 3: "一般", 2: "差", 1: "很差"}
QUESTIONS: Mapping[str, Mapping[str, str]] = {
    Assessment.Side.STREET: {"arrival": "到场", "cooperation": "配合", "result": "结果"},
    Assessment.Side.UNIT: {"need": "有没有必要", "clarity": "说得清不清楚", "cooperation": "配合"},
}
ON_THE_WAY = (Call.State.CALLED, Call.State.ANSWERED, Call.State.EXPLAINED)


def leads(whistle: Whistle, by: Actor) -> bool:
    """Whether the actor's post calls units there: the street, or the district above it."""
    own = by.on_behalf_of is None and by.may(BLOW)
    return own and by.reaches_region(whistle.region_code[:9])


def answers_for(unit: Unit, by: Actor) -> bool:
    """Whether the actor's post answers for the unit or is in it: what `of` asks the database."""
    own = by.on_behalf_of is None and any(by.may(power) for power in ANSWER)
    return own and (by.unit_id == unit.pk or by.reaches_unit(unit.path))


def can_blow(order: Order, by: Actor, *, is_open: bool = False) -> Verdict:
    """The street, or the district, on an order of its area that is not over; one at a time."""
    if not governs(order, by, BLOW) or not by.reaches_region(order.region_code[:9]):
        return no("not_your_post", "吹哨由街道或区里来做")
    if order.state not in OPEN:
        return no("wrong_state", "这张单子已经办结或撤回，不用吹哨了")
    return no("blown", "这张单子已经吹过哨，先结束那一次") if is_open else YES


def _steers(whistle: Whistle, by: Actor) -> Verdict:
    if not leads(whistle, by):
        return no("not_your_post", "这一步由吹哨的街道来做")
    return YES if whistle.state == Whistle.State.OPEN else no("wrong_state", "这次吹哨已经结束")


def can_call_unit(whistle: Whistle, by: Actor) -> Verdict:
    return _steers(whistle, by)


def can_change_lead(whistle: Whistle, by: Actor) -> Verdict:
    return _steers(whistle, by)


def can_close_whistle(whistle: Whistle, by: Actor) -> Verdict:
    return _steers(whistle, by)


def can_cancel_call(call: Call, by: Actor) -> Verdict:
    """A helper that has not arrived; the lead only after another unit leads."""
    verdict = _steers(call.whistle, by)
    if not verdict:
        return verdict
    if call.part == Call.Part.LEAD:
        return no("is_lead", "先换一个牵头单位，再取消这一家")
    return YES if call.state in ON_THE_WAY else no("wrong_state", "这家已经到场，不能取消")


def can_confirm_arrival(call: Call, by: Actor) -> Verdict:
    """The street says that it saw the unit there. Nobody has to."""
    verdict = _steers(call.whistle, by)
    if not verdict:
        return verdict
    seen = call.state in (Call.State.ARRIVED, Call.State.DONE) and call.confirmed_at is None
    return YES if seen else no("wrong_state", "这家还没有报到，或者已经确认过")


def _acts(call: Call, by: Actor, states: Collection[str], late: str) -> Verdict:
    if not answers_for(call.unit, by):
        return no("not_your_unit", "这一步由被叫到的单位来做")
    if call.whistle.state != Whistle.State.OPEN:
        return no("wrong_state", "这次吹哨已经结束")
    if call.state == Call.State.CANCELLED:
        return no("cancelled", "街道已经取消，您的单位不用来了")
    return YES if call.state in states else no("wrong_state", late)


def can_answer_call(call: Call, by: Actor) -> Verdict:
    return _acts(call, by, (Call.State.CALLED,), "您的单位已经回应过了")


def can_report_in(call: Call, by: Actor) -> Verdict:
    """Arrival is a tap by the unit itself: no position, no photo."""
    return _acts(call, by, ON_THE_WAY, "您的单位已经报到了")


def can_explain(call: Call, by: Actor) -> Verdict:
    return _acts(call, by, (Call.State.CALLED, Call.State.ANSWERED), "已经报到或说明过了")


def can_complete_part(call: Call, by: Actor) -> Verdict:
    return _acts(call, by, (Call.State.ARRIVED,), "报到以后才能写办完")


def _may_assess(call: Call, *, given: bool, at: datetime) -> Verdict:
    whistle = call.whistle
    if whistle.shown_at is None:
        return no("wrong_state", "结束以后才能互评")
    if call.state == Call.State.CANCELLED:
        return no("cancelled", "没有来的单位不用互评")
    if given:
        return no("given", "已经评过了，一次吹哨评一次")
    return YES if at < whistle.shown_at else no("too_late", "互评的时间已经过了")


def can_assess_call(call: Call, by: Actor, *, given: bool, at: datetime) -> Verdict:
    """The street assesses a unit: once, after the end, before it could read the unit's view."""
    if not leads(call.whistle, by):
        return no("not_your_post", "单位由吹哨的街道来评")
    return _may_assess(call, given=given, at=at)


def can_assess_whistle(call: Call, by: Actor, *, given: bool, at: datetime) -> Verdict:
    """A unit assesses the street's whistle, under the same terms."""
    if not answers_for(call.unit, by):
        return no("not_your_unit", "吹哨由被叫到的单位来评")
    return _may_assess(call, given=given, at=at)


def can_read_assessment(call: Call, given: Collection[str], by: Actor, at: datetime) -> Verdict:
    """Both sides read both views, once both are given or ten working days have passed."""
    if not (leads(call.whistle, by) or answers_for(call.unit, by)):
        return no("not_a_side", "互评只有两边能看")
    both = set(given) == set(Assessment.Side)
    over = call.whistle.shown_at is not None and at >= call.whistle.shown_at
    return YES if both or over else no("not_yet", "两边都评了，或过了 10 个工作日，才能看")
