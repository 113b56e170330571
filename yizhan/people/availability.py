"""接单时间: when a person may be asked to take something. Only they and the advice read it."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from typing import Any, ClassVar

from django.db import models
from django.utils.timezone import localtime

from yizhan.base.flow import Recorded

AHEAD = timedelta(hours=24)


class Availability(Recorded):
    """The weekly times at which a person can help, and until when they are not to be disturbed.

    `free` holds `[weekday, opens, closes]`: 1 for Monday, minutes from midnight; none means any
    time. Even its steps are the person's own, and carry no facts.
    """

    STEPS: ClassVar[dict[str, str]] = {
        "times_kept": "改接单时间",
        "paused": "暂不打扰",
        "resumed": "恢复接单",
    }
    PRIVATE: ClassVar[frozenset[str]] = frozenset(STEPS)

    person = models.OneToOneField("people.Person", models.PROTECT, related_name="availability")
    free: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    paused_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"availability {self.pk}"

    def is_paused(self, at: datetime) -> bool:
        """Whether the person is not to be disturbed at this moment."""
        return self.paused_until is not None and self.paused_until > at


def may_be_asked(kept: Availability | None, at: datetime) -> bool:
    """Whether somebody may be invited now: not paused, and free some time in the day ahead."""
    if kept is None:
        return True
    if kept.is_paused(at):
        return False
    return not kept.free or any(
        start < at + AHEAD and end > at for start, end in _around(kept.free, at)
    )


def _around(free: Sequence[Sequence[int]], at: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The free times of today and tomorrow, on the clock of the district."""
    local = localtime(at)
    midnight = datetime.combine(local.date(), time(), tzinfo=local.tzinfo)
    for day in (midnight, midnight + timedelta(days=1)):
        for weekday, opens, closes in free:
            if weekday == day.isoweekday():
                yield day + timedelta(minutes=opens), day + timedelta(minutes=closes)
