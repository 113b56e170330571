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
    order = pending.order
    sealed = "" if order.author_id else order.receipt.raw.hex()
    facts = {"order": order.code, "receipt": sealed}
    return [Message(messages.asker(order), kind, pending, facts)]
