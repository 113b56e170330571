"""Figures are kept as they stand when a period has ended: what was told can be shown again."""

from django.utils.timezone import now

from yizhan.base import jobs
from yizhan.base.actor import CLOCK
from yizhan.insights import measures, operations


@jobs.periodic("insights.take_snapshots", cron="30 1 * * *")
def take_snapshots() -> None:
    """In the night: keep the figures of every period that has ended and is not kept yet."""
    at = now()
    for due in measures.snapshots_due(at):
        operations.take_snapshots(
            region_code=due.region_code,
            periods=due.periods,
            is_final=due.is_final,
            by=CLOCK,
            at=at,
        )
