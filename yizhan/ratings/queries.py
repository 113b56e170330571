"""Reading ratings back for those who may."""

from django.db import models

from yizhan.ratings.models import Rating


def ratings_of(subject: models.Model) -> "models.QuerySet[Rating]":
    """Every rating of a subject, of all its rounds."""
    label = subject._meta.label_lower
    return Rating.objects.filter(subject_type=label, subject_id=subject.pk)


def latest(subject: models.Model) -> Rating | None:
    """The last rating of a subject, with its words."""
    return ratings_of(subject).select_related("words").order_by("-round").first()
