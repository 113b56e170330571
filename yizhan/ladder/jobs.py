"""The clock of the ladder: every five minutes it looks for rungs that have come; nothing sleeps.

It keeps still at night and on days off: what came then fires the next morning.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils.timezone import now

from yizhan.base import jobs
from yizhan.base.actor import CLOCK
from yizhan.base.verdict import Refused
from yizhan.clocks.calendar import quiet_until
from yizhan.ladder import operations, queries
from yizhan.ladder.models import Rung

ACTS: dict[str, Callable[..., Any]] = {
    Rung.Code.OPENED: operations.open_pool,
    Rung.Code.CALLED_IN: operations.call_in,
    Rung.Code.REMINDED: operations.remind,
    Rung.Code.URGED: operations.urge,
    Rung.Code.SUPERVISED: operations.propose,
    Rung.Code.DECIDED: operations.refer,
}


@jobs.periodic("ladder.climb", cron="*/5 * * * *")
def climb() -> None:
    """Every five minutes: each rung that has come fires, then people are told of all at once."""
    climb_at(now())


def climb_at(at: datetime) -> None:
    """The same at a moment that is given."""
    if quiet_until(at):
        return
    for due in queries.due_now(at):
        try:
            ACTS[due.rung](clock=due.clock, by=CLOCK, at=at)
        except Refused:  # it was met, moved or fired in between
            continue
    operations.announce(by=CLOCK, at=at)
