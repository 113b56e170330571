"""What the demo's people agreed to, by the acts of those people: `demo/agreed.toml` of the pack."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from yizhan.demo.data import read
from yizhan.people.acting import actor_for
from yizhan.people.models import Person
from yizhan.privacy import operations
from yizhan.privacy.models import Consent, Text
from yizhan.privacy.purposes import WARD


@transaction.atomic
def load(people: Mapping[str, Person], *, at: datetime) -> int:
    """Let everybody of the file agree once, to words in force on that day; returns how many."""
    if Consent.objects.exists():
        return 0
    rows = read("agreed")
    for row in rows:
        _agree(people[row["who"]], row, at)
    return len(rows)


def _agree(person: Person, row: Mapping[str, Any], at: datetime) -> None:
    start = at - timedelta(days=row["days"])
    by = actor_for(person, None, "demo")
    texts = Text.objects.filter(purpose=row["purpose"], effective_date__lte=localdate(start))
    text = texts.order_by("number").last()
    if text is None:
        return
    number = text.number
    if row["purpose"] == WARD:
        operations.register_ward(
            guardian=person,
            short_name=row["short_name"],
            age_band=row["age_band"],
            number=number,
            by=by,
            at=start,
        )
        return
    operations.give_consent(person=person, purpose=row["purpose"], number=number, by=by, at=start)
    if "until" in row:
        then = at - timedelta(days=row["until"])
        operations.withdraw_consent(person=person, purpose=row["purpose"], by=by, at=then)
