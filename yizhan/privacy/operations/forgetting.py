"""The end of a person's data: a pseudonym stays, with the history and the sums it is part of."""

from datetime import datetime

from django.db import transaction

from yizhan.base.actor import Actor
from yizhan.base.steps import Remark, Step
from yizhan.people.models import Person
from yizhan.privacy.asked import DataRequest, DataRequestQuerySet
from yizhan.privacy.asking import queries, rules
from yizhan.privacy.holdings import HOLDINGS

State = DataRequest.State


@transaction.atomic
def forget_person(*, person: Person, by: Actor, at: datetime) -> Person:
    """Take away everything that tells who a person is, in every domain that keeps something.

    What they asked and what waits is settled first. Raises `Refused` with forgotten, not_self, or
    still_needed while an order is open or a post is held.
    """
    person = Person.objects.lock(person)
    rules.can_forget_person(person, by, holds=queries.holds(person, at)).or_refuse()
    for asked in DataRequest.objects.waiting().filter(person=person).select_for_update():
        asked.ended_at = at
        if asked.is_ending:
            asked.move(State.DONE, by=by, at=at, saving=("ended_at",))
        else:
            asked.move(State.WITHDRAWN, by=by, at=at, saving=("ended_at",))
    for holding in HOLDINGS.values():
        if holding.forget:
            holding.forget(person, by, at)
    return Person.objects.get(pk=person.pk)


@transaction.atomic
def forget_requests(*, person: Person, by: Actor, at: datetime) -> int:
    """Erase the words of what a person asked, and of the answers; returns how many requests."""
    rules.can_forget_requests(person, by).or_refuse()
    return _erase(DataRequest.objects.filter(person=person), at)


@transaction.atomic
def forget_record(*, asked: DataRequest, by: Actor, at: datetime) -> DataRequest:
    """End what somebody left behind without an account, and the words of what they asked of it.

    Raises `Refused` with not_your_post, not_asked, or still_needed while somebody is at work on it.
    """
    paper, record = queries.paper_of(asked)
    rules.can_forget_record(asked, by, holds=paper.holds(record)).or_refuse()
    paper.forget(record, by, at)
    _erase(DataRequest.objects.about(record), at)
    return asked


def _erase(found: DataRequestQuerySet, at: datetime) -> int:
    label = DataRequest._meta.label_lower
    said = Step.objects.filter(subject_type=label, subject_id__in=found.values("pk"))
    remarks = Remark.objects.filter(pk__in=said.values("remark"), erased_at=None)
    remarks.update(text=None, erased_at=at)
    return found.update(words=None)
