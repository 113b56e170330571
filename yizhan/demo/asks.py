"""What the cast asks about its own data, and the answers it has already had."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F

from yizhan.base import jobs
from yizhan.base.actor import Actor
from yizhan.base.outbox import Notice
from yizhan.people.acting import actor_for
from yizhan.people.models import Person, Post
from yizhan.privacy import operations
from yizhan.privacy.models import DataRequest


def ask(row: Mapping[str, Any], people: Mapping[str, Person], at: datetime) -> DataRequest:
    """File, or have staff enter, one request `hours` ago; answered a day later where it was.

    Its messages count as long delivered.
    """
    start, person = at - timedelta(hours=row["hours"]), people[row["who"]]
    with jobs.held():
        if row.get("entered_by"):
            asked = operations.enter_request(
                kind=row["kind"],
                words=row["words"],
                identity=DataRequest.Identity.IN_PERSON,
                person=person,
                record=None,
                by=_staff(people[row["entered_by"]]),
                at=start,
            )
        else:
            by = actor_for(person, None, "demo")
            asked = operations.file_request(kind=row["kind"], words=row["words"], by=by, at=start)
        if row.get("answer"):
            later = start + timedelta(days=1)
            by = _staff(people[row["by"]])
            operations.answer_request(asked=asked, words=row["answer"], by=by, at=later)
    label = DataRequest._meta.label_lower
    told = Notice.objects.filter(subject_type=label, subject_id=asked.pk)
    told.update(sent_at=F("at"))
    return asked


def _staff(person: Person) -> Actor:
    post = Post.objects.select_related("unit__region").get(person=person)
    return actor_for(person, post, "demo")
