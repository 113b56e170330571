"""When a person may be asked to take something: said by themselves."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from yizhan.base.actor import Actor
from yizhan.people import rules
from yizhan.people.models import Availability, Person


@transaction.atomic
def keep_times(
    *, person: Person, free: Sequence[Sequence[int]], by: Actor, at: datetime
) -> Availability:
    """Keep the weekly times at which one may be asked; none means any time."""
    kept = _locked(person)
    rules.can_keep_times(person, by).or_refuse()
    kept.free = [list(span) for span in free]
    kept.note("times_kept", by=by, at=at, saving=("free",))
    return kept


@transaction.atomic
def pause(*, person: Person, days: int, by: Actor, at: datetime) -> Availability:
    """Not to be disturbed for so many days; what one has in hand stays."""
    kept = _locked(person)
    rules.can_pause(person, by).or_refuse()
    kept.paused_until = at + timedelta(days=days)
    kept.note("paused", by=by, at=at, saving=("paused_until",))
    return kept


@transaction.atomic
def resume(*, person: Person, by: Actor, at: datetime) -> Availability:
    """May be asked again from now on."""
    kept = _locked(person)
    rules.can_resume(person, by).or_refuse()
    kept.paused_until = None
    kept.note("resumed", by=by, at=at, saving=("paused_until",))
    return kept


def _locked(person: Person) -> Availability:
    """The person's row; a new one has no step yet, so its version begins at 0."""
    Person.objects.lock(person)
    kept, _ = Availability.objects.get_or_create(person=person, defaults={"version": 0})
    return kept
