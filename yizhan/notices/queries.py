"""What an inbox shows."""

from datetime import datetime

from django.db.models import F, QuerySet

from yizhan.base.actor import Actor
from yizhan.base.outbox import KINDS, Notice

SHOWN = 100


def inbox_of(by: Actor) -> QuerySet[Notice]:
    """The notices of one person, unread first, then the newest."""
    return _of(by).order_by(F("read_at").desc(nulls_first=True), "-pk")


def unread_count(by: Actor) -> int:
    """How many notices of this person are unread; at most a hundred are counted."""
    if not by.person_id:
        return 0
    return _of(by).filter(read_at=None)[:SHOWN].count()


def due(at: datetime, *, limit: int = 500) -> list[int]:
    """The ids of notices that wait to be delivered, oldest first."""
    waiting = Notice.objects.filter(sent_at=None, due_at__lte=at).order_by("due_at")
    return list(waiting.values_list("pk", flat=True)[:limit])


def _of(by: Actor) -> QuerySet[Notice]:
    """The notices of one person whose kind is still known: the others have no words any more."""
    return Notice.objects.filter(to_id=by.person_id or 0, kind__in=list(KINDS))
