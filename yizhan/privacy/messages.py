"""To whom a request is told. The texts are in `notices.py`; here only ids and codes."""

from datetime import datetime

from django.conf import settings
from django.db.models import Q
from django.utils.timezone import localdate

from yizhan.base.outbox import Message, Recipient
from yizhan.people.models import Post
from yizhan.people.roles import ROLES
from yizhan.privacy.asked import DESK, DataRequest
from yizhan.privacy.asking import queries


def asker(asked: DataRequest) -> Recipient:
    """Whose request it is: the account, else the sealed number of the record, else nobody."""
    if asked.person_id:
        return Recipient(person_id=asked.person_id)
    paper, record = queries.paper_of(asked)
    return Recipient(phone=paper.phone(record))


def to_asker(asked: DataRequest, kind: str) -> list[Message]:
    """A message to whose request it is."""
    return [Message(asker(asked), kind, asked, {"request": asked.code})]


def to_desk(asked: DataRequest, kind: str, at: datetime) -> list[Message]:
    """A message to those who deal with requests there: the community, else the street offices."""
    roles = [role.code for role in ROLES.values() if DESK in role.powers]
    here = Q(unit__region__code=asked.region_code)
    if asked.region_code == settings.DISTRICT:
        here |= Q(role="street_office")
    posts = Post.objects.on(localdate(at)).filter(here, role__in=roles)
    people = posts.exclude(person=asked.entered_by_id or 0).exclude(person=asked.person_id or 0)
    return [
        Message(Recipient(person_id=pk), kind, asked, {"request": asked.code})
        for pk in dict.fromkeys(people.order_by("pk").values_list("person", flat=True))
    ]


def received(asked: DataRequest, at: datetime) -> list[Message]:
    """The asker learns the promise, the desk that somebody waits."""
    due = asked.due_at.isoformat()
    facts = {"request": asked.code, "due_at": due}
    return [
        Message(asker(asked), "request_received", asked, facts),
        *to_desk(asked, "request_arrived", at),
    ]
