"""To whom each act on an answer is told. The texts are in `notices.py`."""

from yizhan.answers.models import Answer
from yizhan.base.outbox import Message
from yizhan.orders import messages


def to_asker(answer: Answer, kind: str) -> list[Message]:
    """A message to whoever placed the order."""
    order = answer.order
    sealed = "" if order.author_id else order.receipt.raw.hex()
    facts = {"order": order.code, "receipt": sealed}
    return [Message(messages.asker(order), kind, answer, facts)]
