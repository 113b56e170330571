"""Keeping a rating. Whether one may be given is the rule of what is rated."""

import secrets
from datetime import datetime

from django.db import models, transaction

from yizhan.base.actor import Actor
from yizhan.base.steps import Remark
from yizhan.ratings.models import Level, Rating, Solved


@transaction.atomic
def record(
    *,
    subject: models.Model,
    number: int,
    level: Level,
    solved: Solved,
    words: str,
    by: Actor,
    at: datetime,
) -> Rating:
    """Keep the rating of round `number`. The caller holds the lock and has asked the rule.

    A rating given for another person is that person's, and says who gave it.
    """
    kept = None
    if words:
        salt = secrets.token_bytes(16)
        kept = Remark.objects.create(text=words, salt=salt)
    return Rating.objects.create(
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        round=number,
        level=level,
        solved=solved,
        words=kept,
        person_id=by.on_behalf_of or by.person_id,
        given_by_id=by.person_id if by.on_behalf_of is not None else None,
        at=at,
    )
