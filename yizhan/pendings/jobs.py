"""The clock of the pending list."""

from django.utils.timezone import localdate, now

from yizhan.base import jobs
from yizhan.base.actor import CLOCK
from yizhan.base.verdict import Refused
from yizhan.pendings import operations, queries
from yizhan.pendings.models import Pending


@jobs.periodic("pendings.remind", cron="5 8 * * *")
def remind() -> None:
    """Every morning: tell the owners whose day of review has come, once for each day set."""
    at = now()
    for pk in queries.to_review(localdate(at)):
        try:
            operations.remind(pending=Pending(pk=pk), by=CLOCK, at=at)
        except Refused:
            continue
