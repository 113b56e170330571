"""Writing down looks at personal data. A look is the one write that a GET may do."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import models, transaction

from yizhan.base import crypto
from yizhan.base.actor import Actor
from yizhan.base.phones import digits
from yizhan.people.models import PHONE, Person
from yizhan.privacy import rules
from yizhan.privacy.models import Look


@transaction.atomic
def look(
    *, subject: models.Model, kind: str = Look.Kind.OPEN, purpose: str = "", by: Actor, at: datetime
) -> Look:
    """Write down that this actor sees personal data of a subject."""
    return _write(
        kind=kind,
        by=by,
        at=at,
        purpose=purpose,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
    )


@transaction.atomic
def look_at_each(
    *,
    model: type[models.Model],
    ids: Sequence[int],
    kind: str,
    purpose: str,
    by: Actor,
    at: datetime,
) -> int:
    """Write down a look at each of many subjects of one kind, so that each person learns of it."""
    label = model._meta.label_lower
    looks = [
        _made(kind=kind, by=by, at=at, subject_type=label, subject_id=pk, purpose=purpose)
        for pk in ids
    ]
    Look.objects.bulk_create(looks, batch_size=500)
    return len(looks)


@transaction.atomic
def unmask(*, subject: models.Model, accepted: bool, purpose: str, by: Actor, at: datetime) -> Look:
    """Permit and write down one sight of a full number. Raises `Refused` no_power or purpose."""
    rules.can_unmask(by, accepted=accepted, purpose=purpose).or_refuse()
    return look(subject=subject, kind=Look.Kind.UNMASK, purpose=purpose.strip(), by=by, at=at)


@transaction.atomic
def find_by_phone(*, phone: str, by: Actor, at: datetime) -> Person | None:
    """The person with a number, for the counter; the search is written down without the number."""
    rules.can_find_by_phone(by).or_refuse()
    number = digits(phone)
    found = Person.objects.with_phone(number)
    _write(
        kind=Look.Kind.SEARCH,
        by=by,
        at=at,
        searched=crypto.index(number, use=PHONE),
        subject_type=Person._meta.label_lower if found else "",
        subject_id=found.pk if found else None,
    )
    return found


@transaction.atomic
def audit(*, what: str, kind: str, purpose: str, by: Actor, at: datetime) -> Look:
    """Write down that the audit administrator reads or takes out a part of the record.

    `what` is the label of the model that is read. Raises `Refused` no_power.
    """
    rules.can_audit(by).or_refuse()
    return _write(kind=kind, by=by, at=at, purpose=purpose, subject_type=what, subject_id=None)


def _write(**values: Any) -> Look:
    look = _made(**values)
    look.save(force_insert=True)
    return look


def _made(
    *,
    kind: str,
    by: Actor,
    at: datetime,
    subject_type: str,
    subject_id: int | None,
    purpose: str = "",
    searched: bytes | None = None,
) -> Look:
    return Look(
        actor_kind=by.kind,
        actor_id=by.person_id,
        post_id=by.post_id,
        subject_type=subject_type,
        subject_id=subject_id,
        searched=searched,
        kind=kind,
        purpose=purpose[:60],
        via=by.via,
        at=at,
    )
