"""Keeping a rating. Whether one may be given is the rule of what is rated."""

import secrets
from datetime import datetime

from django.db import models, transaction

from yizhan.base.actor import Actor
from yizhan.base.steps import Remark
from yizhan.base.verdict import Refused
from yizhan.ratings.models import Level, Rating, SetApart, Solved


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


@transaction.atomic
def set_apart(*, rating: Rating, by: Actor, at: datetime) -> SetApart:
    """Let no figure count a rating any more. Whether it may be is the rule of who looked into it.

    Raises `Refused("own_work")` for whoever gave it.
    """
    if by.person_id is not None and by.person_id in (rating.person_id, rating.given_by_id):
        raise Refused("own_work", "自己评的单，由别人来核实")
    return SetApart.objects.create(rating=rating, at=at)
