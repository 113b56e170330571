"""The clock of the flags."""

from django.utils.timezone import now

from yizhan.base import jobs
from yizhan.base.actor import CLOCK
from yizhan.base.verdict import Refused
from yizhan.conduct import operations, queries
from yizhan.conduct.models import Flag


@jobs.periodic("conduct.lapse", cron="25 * * * *")
def lapse() -> None:
    """Every hour: end what nobody has reviewed in time."""
    at = now()
    for pk in queries.late(at):
        try:
            operations.lapse(flag=Flag(pk=pk), by=CLOCK, at=at)
        except Refused:
            continue
