"""To whom a dispute is told beside those whom the order tells. The texts are in `notices.py`."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.timezone import localdate

from yizhan.base.outbox import Message, Recipient
from yizhan.disputes import queries
from yizhan.disputes.models import Dispute
from yizhan.orders import whom


def to_people(dispute: Dispute, kind: str, people: Iterable[int]) -> list[Message]:
    """The same message to several accounts, once each."""
    facts = {"dispute": dispute.code}
    return [Message(Recipient(person_id=pk), kind, dispute, facts) for pk in dict.fromkeys(people)]


def to_desk(dispute: Dispute, kind: str, at: datetime) -> list[Message]:
    """A message to those who rule on it, where the order does not tell them itself."""
    day = localdate(at)
    told = set(whom.deciders(dispute.order, day))
    people = [pk for pk in queries.sitting(dispute.desk_code, day) if pk not in told]
    return to_people(dispute, kind, people)


def to_sides(dispute: Dispute, kind: str, at: datetime) -> list[Message]:
    """A message to the community that the order is of, and to the unit that objected."""
    day = localdate(at)
    people = whom.triagers(dispute.order.region, day)
    if dispute.unit_id != dispute.appointed_id:
        people += whom.leaders(dispute.unit, day)
    return to_people(dispute, kind, people)
