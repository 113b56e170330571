"""To whom each act on a flag is told. The texts are in `notices.py`."""

from datetime import datetime

from django.utils.timezone import localdate

from yizhan.base.outbox import Message, Recipient
from yizhan.conduct.models import Flag
from yizhan.orders import messages, whom


def to_asker(flag: Flag, kind: str) -> list[Message]:
    """A message to whoever placed the order, with the receipt where there is no account."""
    return messages.to_asker(flag.order, kind, about=flag)


def _to_street(flag: Flag, kind: str, at: datetime, without: set[int | None]) -> list[Message]:
    people = [pk for pk in whom.deciders(flag.order, localdate(at)) if pk not in without]
    return [Message(Recipient(person_id=pk), kind, flag, {"flag": flag.code}) for pk in people]


def to_reviewers(flag: Flag, kind: str, at: datetime) -> list[Message]:
    """A message to those of the street who may review it: not to who raised it."""
    return _to_street(flag, kind, at, {flag.flagged_by_id})


def to_deciders(flag: Flag, kind: str, at: datetime) -> list[Message]:
    """A message to those of the street who may decide the appeal."""
    return _to_street(flag, kind, at, {flag.flagged_by_id, flag.reviewed_by_id})
