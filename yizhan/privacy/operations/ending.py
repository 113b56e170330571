"""Ending what has been kept long enough."""

import logging
from datetime import datetime

from django.db import DatabaseError, connection, transaction

from yizhan.base.actor import Actor
from yizhan.base.verdict import Refused
from yizhan.privacy import rules
from yizhan.privacy.models import RetentionRun
from yizhan.privacy.retention import ENDINGS, Ending, periods

log = logging.getLogger("yizhan.privacy")
LOCK = 7_301_002


@transaction.atomic
def end_period(*, code: str, limit: int, by: Actor, at: datetime) -> RetentionRun:
    """End at most `limit` records whose period is over, and keep how many there were.

    What cannot be ended now is counted, told to the log, and tried again the next night.
    """
    rules.can_end_period(by).or_refuse()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    ending, cutoff = ENDINGS[code], periods()[code].cutoff(at)
    due = ending.due(cutoff, limit)
    ended = sum(_ended(ending, pk, by, at) for pk in due)
    return RetentionRun.objects.create(
        code=code, cutoff=cutoff, count=ended, failed=len(due) - ended, at=at
    )


def _ended(ending: Ending, pk: int, by: Actor, at: datetime) -> bool:
    """One record, in a savepoint of its own: one that fails keeps no other from ending."""
    try:
        with transaction.atomic():
            ending.end(pk, by, at)
    except (Refused, DatabaseError, OSError):
        log.exception("%s %s could not be ended", ending.code, pk)
        return False
    return True
