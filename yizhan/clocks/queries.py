"""Reading the clocks of one subject or of many, and finding those that have come to a mark."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import models
from django.db.models import Max, Q

from yizhan.clocks import rules
from yizhan.clocks.models import Clock, Extension, Pause
from yizhan.regions.district import profile

ALL = 1.0


def of(subject: models.Model, number: int | None = None) -> list[Clock]:
    """The clocks of a subject's round, or of its last one, in the order they were started."""
    clocks = Clock.objects.of(subject)
    if number is None:
        number = clocks.aggregate(last=Max("round"))["last"]
    return list(clocks.filter(round=number).order_by("pk"))


def of_many(subjects: Sequence[models.Model]) -> dict[int, list[Clock]]:
    """The clocks of many subjects of one model, by their id: one query for a whole list."""
    found: dict[int, list[Clock]] = defaultdict(list)
    for clock in Clock.objects.of(*subjects).order_by("pk"):
        found[clock.subject_id].append(clock)
    return found


def reached(subject_type: str, kinds: Iterable[str], share: float, at: datetime) -> Iterable[Clock]:
    """The ticking clocks of these kinds that have used this share of their time, or more.

    For the rungs of a ladder: asked again, it gives the same ones and those that came since.
    """
    ticking = Clock.objects.ticking().filter(subject_type=subject_type, kind__in=kinds)
    if share >= ALL:
        ticking = ticking.filter(due_at__lte=at)
    elif share >= rules.AMBER:
        ticking = ticking.filter(amber_at__lte=at)
    hours = profile().office_hours
    return [
        clock
        for clock in ticking.order_by("pk").iterator()
        if share in (ALL, rules.AMBER) or rules.moment_of(clock, share, hours) <= at
    ]


def over_the_limit(subject_type: str, at: datetime) -> "models.QuerySet[Clock]":
    """The ticking clocks whose hard limit has passed."""
    return Clock.objects.ticking().filter(subject_type=subject_type, hard_at__lte=at)


def stale_subjects(subject_type: str, at: datetime) -> list[int]:
    """The subjects with a provisional due that can be reckoned again, oldest first."""
    stale = Clock.objects.stale().filter(subject_type=subject_type, due_at__gt=at)
    return sorted(set(stale.values_list("subject_id", flat=True)))


def pauses_of(clocks: Sequence[Clock]) -> list[Pause]:
    """Every pause of these clocks that is over, oldest first."""
    return list(Pause.objects.filter(clock__in=clocks).order_by("from_at", "pk"))


def waiting_extension(subject: models.Model) -> Extension | None:
    """The extension that waits for a decision, with its clock."""
    asked = Q(state=Extension.State.ASKED) & Q(clock__in=Clock.objects.of(subject).running())
    return Extension.objects.filter(asked).select_related("clock").order_by("-pk").first()
