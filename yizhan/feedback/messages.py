"""To whom each act is told. The texts are in `notices.py`; here only ids and codes."""

from datetime import datetime

from django.utils.timezone import localdate

from yizhan.base.outbox import Message, Recipient
from yizhan.feedback import queries
from yizhan.feedback.models import Feedback


def to_author(feedback: Feedback, kind: str) -> list[Message]:
    """A message to the account, else to the number with the sealed receipt, else to nobody."""
    to = Recipient(person_id=feedback.person_id, phone=feedback.contact_phone)
    sealed = "" if feedback.person_id else feedback.receipt.raw.hex()
    facts = {"feedback": feedback.code, "receipt": sealed, "due_at": feedback.due_at.isoformat()}
    return [Message(to, kind, feedback, facts)]


def left(feedback: Feedback, at: datetime) -> list[Message]:
    """The author gets the promise, the desk nearest to the place the news."""
    facts = {"feedback": feedback.code}
    return [
        *to_author(feedback, "feedback_received"),
        *(
            Message(Recipient(person_id=pk), "feedback_arrived", feedback, facts)
            for pk in queries.nearest(feedback, localdate(at))
        ),
    ]
