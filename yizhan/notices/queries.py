"""What an inbox shows."""

from datetime import datetime

from django.db.models import Count, F, OuterRef, QuerySet, Subquery

from yizhan.base.actor import Actor
from yizhan.base.outbox import KINDS, Notice
from yizhan.people.models import CARDS

SHOWN = 100


def inbox_of(by: Actor) -> QuerySet[Notice]:
    """The notices of one person, unread first, then the newest."""
    return _of(by).order_by(F("read_at").desc(nulls_first=True), "-pk")


def unread_count(by: Actor) -> int:
    """How many notices of this person are unread; at most a hundred are counted."""
    if not by.person_id:
        return 0
    return _of(by).filter(read_at=None)[:SHOWN].count()


def to_bring(by: Actor) -> QuerySet[Notice]:
    """What waits on the print lists of this counter's area, oldest first.

    `number` is 1 for the first paper of its person: how an address names it.
    """
    if not by.may(CARDS) or not by.area:
        return _numbered().none()
    listed = _numbered().filter(print_list__startswith=by.area, read_at=None)
    known = listed.exclude(print_list="").filter(kind__in=list(KINDS), to__isnull=False)
    return known.select_related("to__home").order_by("pk")


def _numbered() -> QuerySet[Notice]:
    earlier = Notice.objects.filter(to=OuterRef("to"), pk__lte=OuterRef("pk"))
    on_paper = earlier.exclude(print_list="").order_by().values("to")
    number = on_paper.annotate(number=Count("pk")).values("number")
    return Notice.objects.annotate(number=Subquery(number))


def due(at: datetime, *, limit: int = 500) -> list[int]:
    """The ids of notices that wait to be delivered, oldest first."""
    waiting = Notice.objects.filter(sent_at=None, due_at__lte=at).order_by("due_at")
    return list(waiting.values_list("pk", flat=True)[:limit])


def _of(by: Actor) -> QuerySet[Notice]:
    """The notices of one person whose kind is still known: the others have no words any more."""
    return Notice.objects.filter(to_id=by.person_id or 0, kind__in=list(KINDS))
