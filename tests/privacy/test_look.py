"""Looks at personal data are written down and stay."""

import pytest
from django.db import ProgrammingError, connection, transaction

from yizhan.base.actor import ANONYMOUS, CLOCK, Actor, Kind
from yizhan.people.acting import actor_for
from yizhan.privacy import operations, rules
from yizhan.privacy.models import Look


@pytest.fixture
def clerk(town):
    return actor_for(town.clerk, town.clerk_post)


def test_look(town, clerk, at):
    look = operations.look(subject=town.aunt, purpose="接单前核对", by=clerk, at=at)
    kept = Look.objects.get(pk=look.pk)
    assert (kept.actor_id, kept.post_id, kept.via) == (clerk.person_id, clerk.post_id, "page")
    assert (kept.subject_type, kept.subject_id) == ("people.person", town.aunt.pk)
    assert (kept.kind, kept.purpose, kept.at) == ("open", "接单前核对", at)
    assert kept.recorded_at is not None
    assert kept.actor_kind == "person"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE privacy_look SET purpose = ''",
        "DELETE FROM privacy_look",
        "TRUNCATE privacy_look",
    ],
)
def test_looks_are_append_only(town, clerk, at, statement):
    operations.look(subject=town.aunt, by=clerk, at=at)
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Look.objects.count() == 1


@pytest.mark.parametrize("by", [ANONYMOUS, CLOCK, Actor(kind=Kind.PERSON, person_id=1)])
def test_nobody_without_a_post(by):
    assert rules.phone_access(by, accepted=True) == "never"
