"""Invented remarks of offices about the use of orders: the pack's `flags.toml`. None is upheld."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db.models import F

from yizhan.base import jobs
from yizhan.base.models import Notice
from yizhan.conduct import operations
from yizhan.conduct.models import Flag
from yizhan.demo.data import read
from yizhan.demo.story import member
from yizhan.orders.models import Order
from yizhan.people.models import Person


def load(people: Mapping[str, Person], at: datetime) -> int:
    """Every row whose order is there; nothing when there is some already."""
    rows = [] if Flag.objects.exists() else read("flags")
    with jobs.held():
        for row in rows:
            here = Order.objects.filter(region_code=row["region"], author=None)
            mine = here.filter(category__code=row["category"]).order_by("-placed_at")
            order = mine.exclude(contact_phone=None).first()
            if order is not None:
                by, then = member(people, row["by"]), at - timedelta(hours=row["hours"])
                reason, words = row["reason"], row["words"]
                operations.flag(order=order, reason=reason, words=words, by=by, at=then)
    Notice.objects.filter(subject_type=Flag._meta.label_lower).update(sent_at=F("at"))
    return len(rows)
