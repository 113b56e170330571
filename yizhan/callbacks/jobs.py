"""The clock of call-backs."""

from django.utils.timezone import now

from yizhan.base import jobs
from yizhan.base.actor import CLOCK
from yizhan.callbacks import operations, queries
from yizhan.orders.models import Order

BATCH = 200


@jobs.periodic("callbacks.draw", cron="*/10 * * * *")
def draw() -> None:
    """Every ten minutes: decide of each order that is done whether it is called back."""
    at = now()
    for pk in queries.to_draw(at, BATCH):
        operations.draw(order=Order(pk=pk), by=CLOCK, at=at)
