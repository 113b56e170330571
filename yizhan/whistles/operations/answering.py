"""A unit that was called answers, arrives or explains, and says what it did."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from yizhan.base.actor import Actor
from yizhan.base.outbox import tell
from yizhan.reading.rules import NOTHING_KEPT, can_show, kept_facts
from yizhan.whistles import messages, rules
from yizhan.whistles.models import Call


@transaction.atomic
def answer_call(
    *, call: Call, words: str, kept: Mapping[str, str] = NOTHING_KEPT, by: Actor, at: datetime
) -> Call:
    """The unit will come; `words` may say when and with what."""
    call = Call.objects.lock(call)
    rules.can_answer_call(call, by).or_refuse()
    can_show([words], kept).or_refuse()
    call.answered_at = at
    facts = kept_facts([words], kept)
    call.move(Call.State.ANSWERED, by=by, at=at, saving=("answered_at",), remark=words, **facts)
    return call


@transaction.atomic
def report_in(*, call: Call, by: Actor, at: datetime) -> Call:
    """The unit is there. Its own word is enough: no position, no photo."""
    call = Call.objects.lock(call)
    rules.can_report_in(call, by).or_refuse()
    call.answered_at, call.arrived_at = call.answered_at or at, at
    call.move(Call.State.ARRIVED, by=by, at=at, saving=("answered_at", "arrived_at"))
    return call


@transaction.atomic
def explain(
    *, call: Call, words: str, kept: Mapping[str, str] = NOTHING_KEPT, by: Actor, at: datetime
) -> Call:
    """The unit cannot come, and says why; the street is told. It may still come later."""
    call = Call.objects.lock(call)
    rules.can_explain(call, by).or_refuse()
    can_show([words], kept).or_refuse()
    call.answered_at = call.answered_at or at
    facts = kept_facts([words], kept)
    call.move(Call.State.EXPLAINED, by=by, at=at, saving=("answered_at",), remark=words, **facts)
    tell(*messages.to_street(call.whistle, "whistle_explained", at), at=at)
    return call


@transaction.atomic
def complete_part(
    *, call: Call, words: str, kept: Mapping[str, str] = NOTHING_KEPT, by: Actor, at: datetime
) -> Call:
    """The unit has done its part; what the lead writes is the result, and the street is told."""
    call = Call.objects.lock(call)
    rules.can_complete_part(call, by).or_refuse()
    can_show([words], kept).or_refuse()
    call.done_at = at
    facts = kept_facts([words], kept)
    call.move(Call.State.DONE, by=by, at=at, saving=("done_at",), remark=words, **facts)
    if call.part == Call.Part.LEAD:
        tell(*messages.to_street(call.whistle, "whistle_result", at), at=at)
    return call
