"""The invented persons without a telephone: registered at the counter, with a card and a family."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F
from django.utils.timezone import localdate

from yizhan.base import jobs
from yizhan.base.models import Notice
from yizhan.demo.data import read
from yizhan.people import operations
from yizhan.people.acting import actor_for
from yizhan.people.models import Person, Proxy
from yizhan.regions.models import Region

EARLIER = timedelta(days=12)
PERIOD = timedelta(days=180)
NOTICE = "demo"


def gather(people: Mapping[str, Person], at: datetime) -> dict[str, Person]:
    """Register those of the pack's `counter.toml`, by the cast, some days before."""
    with jobs.held():
        known = {row["key"]: _registered(row, people, at - EARLIER) for row in read("counter")}
    of_proxies = Notice.objects.filter(subject_type=Proxy._meta.label_lower)
    of_proxies.filter(sent_at=None).update(sent_at=F("at"))
    return known


def _registered(row: Mapping[str, Any], people: Mapping[str, Person], at: datetime) -> Person:
    staff = people[row["staff"]]
    by = actor_for(staff, staff.posts.select_related("unit__region").first(), "demo")
    person = operations.register_person(
        name=row["name"],
        home=Region.objects.current().get(code=row["home"]),
        notice_version=NOTICE,
        anyway=True,
        by=by,
        at=at,
    )
    Person.objects.filter(pk=person.pk).update(is_demo=True)
    operations.issue_card(person=person, by=by, at=at)
    if row.get("family"):
        agent, until = people[row["family"]], localdate(at + PERIOD)
        proxy = operations.entrust(
            principal=person, scopes=row["scopes"], until=until, by=by, at=at
        )
        operations.take_on(proxy=proxy, by=actor_for(agent, None, "demo"), at=at)
    return person
