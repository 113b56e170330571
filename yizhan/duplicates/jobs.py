"""Reading on after the orders."""

from django.utils.timezone import now

from yizhan.base import chain, jobs
from yizhan.base.actor import CLOCK
from yizhan.duplicates import operations, shelves

BATCH = 500


@jobs.periodic("duplicates.follow", cron="* * * * *")
def follow() -> None:
    """Every minute: seal what waits, then read on until there is no more.

    What a broken run has put on the shelves of this process was never committed: they are emptied.
    """
    at = now()
    chain.seal_waiting(at=at)
    try:
        while operations.follow(limit=BATCH, by=CLOCK, at=at) == BATCH:
            pass
    except Exception:
        shelves.ALL.clear()
        raise


@jobs.periodic("duplicates.renew", cron="*/10 * * * *")
def renew() -> None:
    """Every ten minutes: after a change of the engine, make some of the old vectors anew."""
    operations.renew(limit=BATCH, by=CLOCK, at=now())
