"""To whom each act is told. The texts are in `notices.py`."""

from datetime import datetime

from django.utils.timezone import localdate

from yizhan.base.outbox import Message, Recipient
from yizhan.orders import whom
from yizhan.whistles.kinds import Kind
from yizhan.whistles.models import Call, Whistle


def to_unit(call: Call, kind: str, at: datetime) -> list[Message]:
    """A message to those who answer for the called unit."""
    people = whom.leaders(call.unit, localdate(at))
    return [_message(call.whistle, kind, pk, call.answer_by) for pk in people]


def called(call: Call, at: datetime) -> list[Message]:
    """The call itself; an emergency is told at any hour."""
    if call.whistle.kind == Kind.EMERGENCY:
        return to_unit(call, "whistle_urgent", at)
    return to_unit(call, "whistle_called", at)


def to_street(whistle: Whistle, kind: str, at: datetime) -> list[Message]:
    """A message to those at the street who may call units."""
    people = whom.deciders(whistle.order, localdate(at))
    return [_message(whistle, kind, pk, whistle.due_at) for pk in people]


def _message(whistle: Whistle, kind: str, person: int, due: datetime) -> Message:
    facts = {"whistle": whistle.code, "due_at": due.isoformat()}
    return Message(Recipient(person_id=person), kind, whistle, facts)
