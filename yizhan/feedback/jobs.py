"""What falls due with 投诉建议."""

from django.utils.timezone import now

from yizhan.base import jobs
from yizhan.base.actor import CLOCK
from yizhan.feedback import operations
from yizhan.feedback.models import Feedback

BATCH = 500


@jobs.periodic("feedback.forget", cron="40 3 * * *")
def forget() -> None:
    """In the night: take away what was answered two years ago."""
    at = now()
    for one in Feedback.objects.long_over(at).order_by("pk")[:BATCH]:
        operations.forget_feedback(feedback=one, by=CLOCK, at=at)
