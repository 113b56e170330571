"""Requests of a person about their own data: asked, answered, refused with a reason, taken back."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from yizhan.base.actor import Actor
from yizhan.base.outbox import tell
from yizhan.clocks.calendar import add_working
from yizhan.people.models import Person
from yizhan.privacy import messages
from yizhan.privacy.asked import DataRequest
from yizhan.privacy.asking import queries, rules
from yizhan.privacy.holdings import PAPERS
from yizhan.privacy.operations.forgetting import forget_person, forget_record
from yizhan.regions.district import profile

WORKING_DAYS = 15
State = DataRequest.State


@transaction.atomic
def file_request(*, kind: str, words: str, by: Actor, at: datetime) -> DataRequest:
    """A person asks something about their own data. It is answered within fifteen working days.

    Raises `Refused` with not_signed_in, words or waiting.
    """
    person = Person.objects.select_for_update().filter(pk=by.person_id or 0).first()
    waits = person is not None and queries.is_waiting(kind, person)
    rules.can_file_request(by, kind, words, is_waiting=waits).or_refuse()
    asked = DataRequest(kind=kind, person=person, identity=DataRequest.Identity.SIGNED_IN)
    asked.region_code = queries.region_of(person) if person else ""
    return _receive(asked, words, by=by, at=at)


@transaction.atomic
def enter_request(
    *,
    kind: str,
    words: str,
    identity: str,
    person: Person | None,
    record: Any,
    by: Actor,
    at: datetime,
) -> DataRequest:
    """Staff write down what somebody asks, about their account or about one record of theirs.

    Raises `Refused` with not_your_post, identity, own, forgotten, words or waiting.
    """
    if person:
        person = Person.objects.lock(person)
    rules.can_enter_request(
        by,
        kind,
        words,
        identity=identity,
        person=person,
        is_waiting=queries.is_waiting(kind, person, record),
    ).or_refuse()
    asked = DataRequest(kind=kind, person=person, identity=identity, entered_by_id=by.person_id)
    if person:
        asked.region_code = queries.region_of(person)
    else:
        asked.subject_type, asked.subject_id = record._meta.label_lower, record.pk
        asked.region_code = PAPERS[asked.subject_type].where(record)
    return _receive(asked, words, by=_for(asked, by), at=at)


@transaction.atomic
def answer_request(*, asked: DataRequest, words: str, by: Actor, at: datetime) -> DataRequest:
    """Say what was done. Where the data are to end, they end now, with the words just written.

    Raises `Refused` with not_your_post, own, wrong_state, words, or still_needed.
    """
    asked = DataRequest.objects.lock(asked)
    rules.can_answer_request(asked, by, words).or_refuse()
    acting = _for(asked, by)
    asked.ended_at = at
    asked.move(State.DONE, by=acting, at=at, saving=("ended_at",), remark=words.strip())
    if not asked.is_ending:
        tell(*messages.to_asker(asked, "request_answered"), at=at)
    elif asked.person:
        forget_person(person=asked.person, by=acting, at=at)
    else:
        forget_record(asked=asked, by=by, at=at)
    return asked


@transaction.atomic
def refuse_request(*, asked: DataRequest, reason: str, by: Actor, at: datetime) -> DataRequest:
    """Say that it cannot be done, and why."""
    asked = DataRequest.objects.lock(asked)
    rules.can_refuse_request(asked, by, reason).or_refuse()
    asked.ended_at = at
    asked.move(
        State.REFUSED, by=_for(asked, by), at=at, saving=("ended_at",), remark=reason.strip()
    )
    tell(*messages.to_asker(asked, "request_refused"), at=at)
    return asked


@transaction.atomic
def withdraw_request(*, asked: DataRequest, by: Actor, at: datetime) -> DataRequest:
    """Take back what one has asked, while it waits."""
    asked = DataRequest.objects.lock(asked)
    rules.can_withdraw_request(asked, by).or_refuse()
    asked.ended_at = at
    asked.move(State.WITHDRAWN, by=_for(asked, by), at=at, saving=("ended_at",))
    return asked


def _receive(asked: DataRequest, words: str, *, by: Actor, at: datetime) -> DataRequest:
    asked.words = words.strip()
    asked.asked_at = at
    asked.due_at = add_working(at, days=WORKING_DAYS, office_hours=profile().office_hours)
    asked.save(force_insert=True)
    asked.begin("received", by=by, at=at, what=str(asked.kind), identity=str(asked.identity))
    tell(*messages.received(asked, at), at=at)
    return asked


def _for(asked: DataRequest, by: Actor) -> Actor:
    """Staff act for the person whose request it is; the person for themselves."""
    if asked.person_id is None or asked.person_id == by.person_id:
        return by
    return replace(by, on_behalf_of=asked.person_id)
