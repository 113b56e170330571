"""What the people's register does by itself at night."""

from django.utils.timezone import now

from yizhan.base import jobs
from yizhan.base.actor import CLOCK
from yizhan.people import operations


@jobs.periodic("people.forget_unverified", cron="40 3 * * *")
def forget_unverified() -> None:
    """In the night: forget numbers that were typed and never confirmed."""
    operations.forget_unverified(by=CLOCK, at=now())
