"""Timed work on orders."""

from django.utils.timezone import now

from yizhan.base import jobs
from yizhan.base.actor import CLOCK
from yizhan.base.verdict import Refused
from yizhan.clocks.queries import stale_subjects
from yizhan.orders import operations
from yizhan.orders.models import Order


@jobs.periodic("orders.recompute_provisional", cron="40 5 * * *")
def recompute_provisional() -> None:
    """Early each morning: promises in a year that has been announced by now are reckoned again."""
    at = now()
    for pk in stale_subjects(Order._meta.label_lower, at):
        try:
            operations.recompute_provisional(order=Order(pk=pk), by=CLOCK, at=at)
        except Refused:  # it was finished in between
            continue
