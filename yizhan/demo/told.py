"""Invented 「您说我办」 of the pack, written and let out by the same operations as real ones."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F

from yizhan.answers import operations
from yizhan.answers.models import Answer
from yizhan.answers.operations import TEXTS, Told
from yizhan.base import jobs
from yizhan.base.models import Notice
from yizhan.demo.data import read
from yizhan.demo.story import member
from yizhan.orders.models import Order
from yizhan.orders.states import ENDED
from yizhan.people.models import Person


def load(people: Mapping[str, Person], at: datetime) -> int:
    """Every row of `answers.toml` whose order is there; nothing when there is some already."""
    if Answer.objects.exists():
        return 0
    with jobs.held():
        told = sum(_tell(row, people, at) for row in read("answers"))
    Notice.objects.filter(subject_type=Answer._meta.label_lower).update(sent_at=F("at"))
    return told


def _tell(row: Mapping[str, Any], people: Mapping[str, Person], at: datetime) -> bool:
    then = at - timedelta(hours=row["hours"])
    here = Order.objects.filter(region_code__startswith=row["region"])
    here = here.filter(category__code__startswith=row["category"])
    rows = here.filter(state__in=ENDED, finished_at__lt=then, answers=None)
    if row.get("who"):
        rows = rows.filter(author=people[row["who"]])
    order = rows.order_by("-finished_at").first()
    if order is None:
        return False
    told = Told(**{name: row[name] for name in TEXTS})
    answer = operations.write(order=order, told=told, by=member(people, row["by"]), at=then)
    if row.get("second"):
        operations.publish(answer=answer, by=member(people, row["second"]), at=then)
    return True
