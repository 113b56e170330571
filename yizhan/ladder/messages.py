"""To whom each rung and each act is told. The texts are in `notices.py`; here ids and codes."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.timezone import localdate

from yizhan.base.outbox import Message, Recipient
from yizhan.ladder.models import Rung, Supervision
from yizhan.ladder.queries import RISING
from yizhan.ladder.whom import leaders
from yizhan.orders import messages, whom
from yizhan.orders.models import Order


def summed_up(person: int, news: Sequence[tuple[Order, str]]) -> Message:
    """One message to one person: the highest rung, and of how many orders there is news."""
    order, rung = max(news, key=lambda one: RISING.index(one[1]))
    count = len({one.pk for one, _ in news})
    match rung:
        case Rung.Code.OPENED:
            return to_one(order, "ladder_opened", person, count)
        case Rung.Code.REMINDED:
            return to_one(order, "ladder_reminded", person, count)
        case Rung.Code.URGED:
            return to_one(order, "ladder_urged", person, count)
        case Rung.Code.SUPERVISED:
            return to_one(order, "ladder_supervised", person, count)
    return to_one(order, "ladder_decided", person, count)


def to_one(order: Order, kind: str, person: int, count: int) -> Message:
    """A message about this order, and so many in all."""
    facts = {"order": order.code, "count": count}
    return Message(Recipient(person_id=person), kind, order, facts)


def nobody(order: Order, at: datetime) -> list[Message]:
    """Twice nobody took it: the asker hears it honestly, and the street hears of it."""
    return [
        *messages.to_asker(order, "ladder_nobody"),
        *messages.to_street(order, "ladder_nobody_street", at),
    ]


def to_supervised(supervision: Supervision, at: datetime) -> list[Message]:
    """A message to those who answer for the unit."""
    people = leaders(supervision.unit, localdate(at))
    return about(supervision, "supervision_issued", people)


def to_street(supervision: Supervision, at: datetime) -> list[Message]:
    """A message to those at the street who decide."""
    people = whom.deciders(supervision.order, localdate(at))
    return about(supervision, "supervision_answered", people)


def about(supervision: Supervision, kind: str, people: Sequence[int]) -> list[Message]:
    """A message about a 督办单 to several accounts."""
    facts = {"supervision": supervision.code}
    return [Message(Recipient(person_id=pk), kind, supervision, facts) for pk in people]
