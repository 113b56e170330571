"""Invented 投诉建议 of the pack, left and answered by the same operations as real ones."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F

from yizhan.base import jobs
from yizhan.base.actor import ANONYMOUS
from yizhan.base.models import Notice
from yizhan.demo.data import read
from yizhan.feedback import operations
from yizhan.feedback.models import Feedback
from yizhan.feedback.operations import Said
from yizhan.people.acting import actor_for
from yizhan.people.models import Person
from yizhan.regions.models import Region

AFTER = timedelta(hours=26)


def load(people: Mapping[str, Person], at: datetime) -> int:
    """Every row of `feedback.toml`, `hours` ago; nothing when there is some already."""
    if Feedback.objects.exists():
        return 0
    rows = read("feedback")
    with jobs.held():
        for row in rows:
            _tell(row, people, at - timedelta(hours=row["hours"]))
    told = Notice.objects.filter(subject_type=Feedback._meta.label_lower)
    told.update(sent_at=F("at"))
    return len(rows)


def _tell(row: Mapping[str, Any], people: Mapping[str, Person], at: datetime) -> None:
    who = people.get(row["who"])
    region = Region.objects.current().get(code=row["region"]) if row.get("region") else None
    said = Said(row["kind"], row["words"], region, page=row.get("page", ""))
    by = actor_for(who, None, "demo") if who else ANONYMOUS.through("demo")
    left = operations.leave_feedback(said=said, by=by, at=at)
    if row.get("answer"):
        desk = people[row["by"]]
        post = desk.posts.select_related("unit__region").first()
        operations.answer_feedback(
            feedback=left, words=row["answer"], by=actor_for(desk, post, "demo"), at=at + AFTER
        )
