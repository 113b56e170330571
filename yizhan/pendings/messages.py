"""To whom each act on the pending list is told. The texts are in `notices.py`."""

from yizhan.base.outbox import Message, Recipient
from yizhan.orders import messages
from yizhan.pendings.models import Pending


def to_owner(pending: Pending, kind: str) -> list[Message]:
    """A message to whoever keeps at it."""
    facts = {"order": pending.order.code}
    return [Message(Recipient(person_id=pending.owner_id), kind, pending, facts)]


def to_asker(pending: Pending, kind: str) -> list[Message]:
    """A message to whoever placed the order."""
    return messages.to_asker(pending.order, kind, about=pending)
