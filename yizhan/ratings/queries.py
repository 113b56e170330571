"""Reading ratings back for those who may."""

from django.db import models

from yizhan.ratings.models import Rating


def latest(subject: models.Model) -> Rating | None:
    """The last rating of a subject, with its words."""
    return (
        Rating.objects.filter(subject_type=subject._meta.label_lower, subject_id=subject.pk)
        .select_related("words")
        .order_by("-round")
        .first()
    )
