"""To whom each act is told. The texts are in `notices.py`."""

from datetime import datetime

from django.utils.timezone import localdate

from yizhan.base.outbox import Message, Recipient
from yizhan.callbacks.models import Rectification
from yizhan.orders import messages, whom


def to_reviewers(rectification: Rectification, kind: str, at: datetime) -> list[Message]:
    """A message to those who triage in the community, without who did the work or asked for it."""
    order = rectification.order
    people = whom.triagers(order.region, localdate(at))
    others = [pk for pk in people if pk not in (order.handler_id, order.author_id)]
    facts = {"case": rectification.code}
    return [Message(Recipient(person_id=pk), kind, rectification, facts) for pk in others]


def to_asker(rectification: Rectification, kind: str) -> list[Message]:
    """A message to whoever rated."""
    return messages.to_asker(rectification.order, kind, about=rectification)
