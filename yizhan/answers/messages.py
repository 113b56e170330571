"""To whom each act on an answer is told. The texts are in `notices.py`."""

from yizhan.answers.models import Answer
from yizhan.base.outbox import Message
from yizhan.orders import messages


def to_asker(answer: Answer, kind: str) -> list[Message]:
    """A message to whoever placed the order."""
    return messages.to_asker(answer.order, kind, about=answer)
