"""Delivery by the worker: at once after the change, and every minute for what waited."""

from django.utils.timezone import now

from yizhan.base import jobs
from yizhan.base.outbox import DELIVER
from yizhan.notices import operations, queries


@jobs.job(DELIVER)
def deliver(notices: list[int]) -> None:
    """Deliver the notices of one change."""
    for notice_id in notices:
        operations.deliver(notice_id=notice_id, at=now())


@jobs.periodic("notices.sweep", cron="* * * * *")
def sweep() -> None:
    """Every minute: deliver what is due, after quiet hours or a carrier's failure."""
    deliver(queries.due(now()))
