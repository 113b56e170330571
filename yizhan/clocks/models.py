"""Clocks of any subject, the pauses in them, and the one extension each may have."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from yizhan.base.steps import AppendOnly, append_only
from yizhan.clocks.allowances import KINDS, NORMAL, Allowance, Kind
from yizhan.clocks.calendar import known_until

RUNNING = Q(met_at=None, stopped_at=None)


class Reason(models.TextChoices):
    """Why a clock stands still."""

    RESIDENT = "waiting_for_resident", "等点单人补充"
    PENDING = "pending_list", "挂账，等条件具备"


class ClockQuerySet(models.QuerySet["Clock"]):
    def of(self, *subjects: models.Model) -> Self:
        """The clocks of these subjects, which are all of one model."""
        if not subjects:
            return self.none()
        label = subjects[0]._meta.label_lower
        return self.filter(subject_type=label, subject_id__in=[one.pk for one in subjects])

    def running(self) -> Self:
        """Neither met nor stopped; a paused one runs on later."""
        return self.filter(RUNNING)

    def ticking(self) -> Self:
        """Running and not paused."""
        return self.running().filter(paused_at=None)

    def stale(self) -> Self:
        """Running, with a due in a year that was not announced and is by now, or in part."""
        return self.running().filter(is_provisional=True, known_until__lt=known_until())

    def amber(self, at: datetime) -> Self:
        """Ticking, with most of the time used and not all of it."""
        return self.ticking().filter(amber_at__lte=at, due_at__gt=at)

    def red(self, at: datetime) -> Self:
        """Ticking, with all of the time used."""
        return self.ticking().filter(due_at__lte=at)


class Clock(models.Model):
    """The working time promised for one thing in one round of one subject.

    What was promised is frozen: `amount` and `unit`, the `level` and what it was `about` (the code
    of a category), and the moments reckoned from them on the calendar as announced until
    `known_until`. `amber_at` is when 60 % of the time is used, `due_at` all of it, `hard_at` the
    limit after which those above are told. `paused` is the working time of all pauses that are
    over. `is_provisional`: the due lies in a year that is not announced yet. `asked_days` are asked
    for and not decided, `extra_days` were granted.
    """

    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    kind = models.CharField(max_length=20)
    round = models.PositiveSmallIntegerField()
    level = models.CharField(max_length=8, default=NORMAL)
    about = models.CharField(max_length=30, blank=True)
    amount = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=8)
    extra_days = models.PositiveSmallIntegerField(default=0)
    asked_days = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField()
    amber_at = models.DateTimeField()
    due_at = models.DateTimeField()
    hard_at = models.DateTimeField(null=True)
    known_until = models.DateField()
    is_provisional = models.BooleanField(default=False)
    paused_at = models.DateTimeField(null=True)
    paused_for = models.CharField(max_length=24, choices=Reason, blank=True)
    paused = models.DurationField(default=timedelta)
    met_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)

    objects = ClockQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "kind", "round"], name="clock_once_per_round"
            ),
            models.CheckConstraint(
                condition=Q(amber_at__lte=models.F("due_at"), due_at__gt=models.F("started_at")),
                name="clock_amber_then_due",
            ),
            models.CheckConstraint(
                condition=Q(paused_at=None, paused_for="")
                | (Q(paused_at__isnull=False) & ~Q(paused_for="")),
                name="clock_pause_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(met_at=None) | Q(stopped_at=None), name="clock_met_or_stopped"
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["kind", "due_at"], name="clock_running", condition=RUNNING),
            models.Index(
                fields=["id"], name="clock_provisional", condition=RUNNING & Q(is_provisional=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.subject_type}:{self.subject_id} round {self.round}"

    @property
    def rule(self) -> Kind:
        """What this kind of clock promises."""
        return KINDS[self.kind]

    @property
    def allowance(self) -> Allowance:
        """The working time as it was promised."""
        return Allowance(self.amount, self.unit)

    @property
    def is_running(self) -> bool:
        """Neither met nor stopped."""
        return self.met_at is None and self.stopped_at is None


class Pause(AppendOnly):
    """One pause that is over: why, from when to when, and the working time it added to the due."""

    clock = models.ForeignKey(Clock, models.PROTECT, related_name="pauses")
    reason = models.CharField(max_length=24, choices=Reason)
    from_at = models.DateTimeField()
    to_at = models.DateTimeField()
    added = models.DurationField()

    class Meta:
        triggers: ClassVar[list[Any]] = append_only()

    def __str__(self) -> str:
        return f"pause of {self.clock_id} for {self.reason}"


class ExtensionQuerySet(models.QuerySet["Extension"]):
    def lock(self, extension: "Extension") -> "Extension":
        """The row, locked, with its clock."""
        found = self.select_related("clock").select_for_update(of=("self", "clock"))
        return found.get(pk=extension.pk)

    def of(self, subjects: Sequence[models.Model] | Iterable[models.Model]) -> Self:
        """The extensions asked for these subjects, oldest first."""
        return self.filter(clock__in=Clock.objects.of(*subjects)).order_by("pk")


class Extension(models.Model):
    """More time for one clock: asked with a reason, decided by a second person, once.

    The words stand in the subject's own steps. `due_before` is what was promised till then.
    """

    class State(models.TextChoices):
        ASKED = "asked", "待审批"
        GRANTED = "granted", "已同意"
        REFUSED = "refused", "未同意"

    clock = models.ForeignKey(Clock, models.PROTECT, related_name="extensions")
    state = models.CharField(max_length=8, choices=State, default=State.ASKED)
    days = models.PositiveSmallIntegerField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    due_before = models.DateTimeField()

    objects = ExtensionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["clock"], name="extension_once", condition=~Q(state="refused")
            ),
            models.CheckConstraint(
                condition=Q(state="asked") | Q(decided_at__isnull=False),
                name="extension_decided_at_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.days} more days for {self.clock_id}: {self.state}"
