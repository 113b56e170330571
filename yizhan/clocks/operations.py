"""What is done to the clocks of a subject. The caller holds the subject's lock.

Each is done inside an act of the subject, whose own step says who did it and why; so the clocks
write no steps. Clocks of one subject are changed in one statement wherever that can be.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import models, transaction
from django.db.models.functions import NullIf

from yizhan.base.actor import Actor
from yizhan.base.verdict import Refused
from yizhan.clocks import rules
from yizhan.clocks.allowances import KINDS, NORMAL, Allowance
from yizhan.clocks.calendar import OfficeHours
from yizhan.clocks.models import Clock, Extension, Pause, Reason
from yizhan.regions.district import profile

DUE = ("due_at", "amber_at", "known_until", "is_provisional")


@dataclass(frozen=True, slots=True)
class Promise:
    """What a clock is started with. `met`: it was kept in the same moment, as at a counter."""

    kind: str
    allowance: Allowance
    level: str = NORMAL
    about: str = ""
    met: bool = False


@transaction.atomic(savepoint=False)
def start(
    *, subject: models.Model, promises: Sequence[Promise], number: int = 1, at: datetime
) -> list[Clock]:
    """Start these clocks of round `number`, in one statement; one that runs already stays."""
    clocks = [_started(subject, promise, number, at) for promise in promises]
    return Clock.objects.bulk_create(clocks, ignore_conflicts=True)


def _started(subject: models.Model, promise: Promise, number: int, at: datetime) -> Clock:
    clock = Clock(
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        kind=promise.kind,
        round=number,
        level=promise.level,
        about=promise.about,
        amount=promise.allowance.amount,
        unit=promise.allowance.unit,
        started_at=at,
        met_at=at if promise.met else None,
    )
    rules.wind(clock, KINDS[promise.kind].hard, profile().office_hours)
    return clock


@transaction.atomic(savepoint=False)
def meet(*, subject: models.Model, kinds: Sequence[str], at: datetime) -> int:
    """What these clocks promise has been done. Returns how many were running."""
    return Clock.objects.of(subject).running().filter(kind__in=kinds).update(met_at=at)


@transaction.atomic(savepoint=False)
def stop(*, subject: models.Model, kinds: Sequence[str] = (), at: datetime) -> int:
    """These clocks, or all, run no further, because nothing is to be done any more."""
    clocks = Clock.objects.of(subject).running()
    return (clocks.filter(kind__in=kinds) if kinds else clocks).update(stopped_at=at)


@transaction.atomic(savepoint=False)
def put_back(*, subject: models.Model, at: datetime) -> int:
    """Undo what was met or stopped at exactly this moment: those clocks run on as before."""
    ended = Clock.objects.of(subject).filter(models.Q(met_at=at) | models.Q(stopped_at=at))
    moment = models.Value(at, models.DateTimeField())
    return ended.update(met_at=NullIf("met_at", moment), stopped_at=NullIf("stopped_at", moment))


@transaction.atomic(savepoint=False)
def pause(*, subject: models.Model, kinds: Sequence[str], reason: Reason, at: datetime) -> int:
    """These clocks stand still, for a reason people are told. One that stands already stays so."""
    clocks = Clock.objects.of(subject).ticking().filter(kind__in=kinds)
    return clocks.update(paused_at=at, paused_for=reason)


@transaction.atomic(savepoint=False)
def resume(*, subject: models.Model, at: datetime) -> dict[str, Clock]:
    """The clocks of the subject go on; the working time of the pause is added to each due.

    Returns the clocks that stood still, by kind, with their new due.
    """
    hours = profile().office_hours
    stood = list(Clock.objects.of(subject).running().exclude(paused_at=None).select_for_update())
    Pause.objects.bulk_create([_resumed(clock, at, hours) for clock in stood])
    Clock.objects.bulk_update(stood, [*DUE, "hard_at", "paused", "paused_at", "paused_for"])
    return {clock.kind: clock for clock in stood}


def _resumed(clock: Clock, at: datetime, hours: OfficeHours) -> Pause:
    since, reason = clock.paused_at or at, clock.paused_for
    added = rules.go_on(clock, at, hours)
    return Pause(clock=clock, reason=reason, from_at=since, to_at=at, added=added)


@transaction.atomic
def ask_extension(
    *, subject: models.Model, kind: str, days: int, by: Actor, at: datetime
) -> Extension:
    """Ask for so many more working days. Raises `Refused` when there is nothing to extend,
    it was asked before, it is too late, or it is too long.
    """
    clock = Clock.objects.of(subject).running().filter(kind=kind).select_for_update().first()
    rules.can_ask_extension(clock, at, days=days).or_refuse()
    if clock is None:
        raise Refused("no_clock", "这件事现在没有在走的时限，不用延期")
    clock.asked_days = days
    clock.save(update_fields=["asked_days"])
    return Extension.objects.create(
        clock=clock, days=days, asked_at=at, asked_by_id=by.person_id, due_before=clock.due_at
    )


@transaction.atomic
def grant_extension(*, extension: Extension, by: Actor, at: datetime) -> Clock:
    """A second person agrees: the due moves by so many office days. Returns the clock."""
    clock = _decided(extension, Extension.State.GRANTED, by, at).clock
    rules.lengthen(clock, extension.days, profile().office_hours)
    clock.save(update_fields=[*DUE, "extra_days", "asked_days"])
    return clock


@transaction.atomic
def refuse_extension(*, extension: Extension, by: Actor, at: datetime) -> Clock:
    """A second person does not agree: the promise stays, and may be asked for once more."""
    clock = _decided(extension, Extension.State.REFUSED, by, at).clock
    clock.save(update_fields=["asked_days"])
    return clock


def _decided(extension: Extension, state: Extension.State, by: Actor, at: datetime) -> Extension:
    extension = Extension.objects.lock(extension)
    rules.can_decide_extension(extension, by).or_refuse()
    extension.state, extension.decided_at, extension.decided_by_id = state, at, by.person_id
    extension.save(update_fields=["state", "decided_at", "decided_by"])
    extension.clock.asked_days = 0
    return extension


@transaction.atomic(savepoint=False)
def recompute_provisional(*, subject: models.Model, at: datetime) -> dict[str, Clock]:
    """Reckon what is not due yet again on the calendar as announced by now; never later.

    Once for each announcement. Returns the clocks whose due came earlier, by kind.
    """
    hours, earlier = profile().office_hours, {}
    stale = list(Clock.objects.of(subject).stale().filter(due_at__gt=at).select_for_update())
    for clock in stale:
        before = clock.due_at
        rules.set_due(clock, min(before, rules.reckoned(clock, hours)), hours)
        if clock.due_at < before:
            earlier[clock.kind] = clock
    Clock.objects.bulk_update(stale, DUE)
    return earlier
