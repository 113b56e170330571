"""What the table of periods says of feedback is what the job does."""

from procrastinate.contrib.django import app

from yizhan.feedback.models import KEPT_DAYS
from yizhan.privacy.retention import periods


def test_the_table_says_what_the_job_does():
    period = periods()["feedback"]

    assert period.days == KEPT_DAYS
    assert period.by in app.tasks
