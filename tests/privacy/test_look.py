"""Looks at personal data are written down and stay."""

import pytest
from django.db import ProgrammingError, connection, transaction

from yizhan.base.actor import ANONYMOUS, CLOCK, Actor, Kind
from yizhan.base.verdict import Refused
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


def test_unmask_with_a_reason(town, at):
    by = Actor(kind=Kind.PERSON, person_id=town.clerk.pk, powers=frozenset({"phone.reason"}))
    look = operations.unmask(
        subject=town.aunt, accepted=False, purpose=" 电话回访核实 ", by=by, at=at
    )
    assert (look.kind, look.purpose) == ("unmask", "电话回访核实")
    with pytest.raises(Refused) as refused:
        operations.unmask(subject=town.aunt, accepted=False, purpose="看", by=by, at=at)
    assert refused.value.code == "purpose"
    assert Look.objects.count() == 1


@pytest.mark.parametrize("power", ["phone.masked", "phone.never", "phone.accepted"])
def test_who_cannot_unmask(town, at, power):
    by = Actor(kind=Kind.PERSON, person_id=town.clerk.pk, powers=frozenset({power}))
    with pytest.raises(Refused) as refused:
        operations.unmask(subject=town.aunt, accepted=False, purpose="很好的理由", by=by, at=at)
    assert refused.value.code == "no_power"


def test_who_accepted_may_read():
    by = Actor(kind=Kind.PERSON, person_id=1, powers=frozenset({"phone.accepted"}))
    assert rules.can_unmask(by, accepted=True, purpose="")


@pytest.mark.parametrize("by", [ANONYMOUS, CLOCK, Actor(kind=Kind.PERSON, person_id=1)])
def test_nobody_without_a_post(by):
    assert rules.phone_access(by, accepted=True) == "never"


def test_find_by_phone(town, clerk, at):
    assert operations.find_by_phone(phone="139 0001-0001", by=clerk, at=at) == town.aunt
    look = Look.objects.get()
    assert (look.kind, look.subject_id) == ("search", town.aunt.pk)
    assert b"13900010001" not in bytes(look.searched or b"")
    assert bytes(look.searched or b"") == bytes(town.aunt.phone_index)


def test_a_search_in_vain_is_written_too(town, clerk, at):
    assert operations.find_by_phone(phone="13900018888", by=clerk, at=at) is None
    look = Look.objects.get()
    assert (look.subject_type, look.subject_id, len(look.searched or b"")) == ("", None, 32)


def test_who_may_not_search(town, at):
    by = actor_for(town.member, town.member_post)
    with pytest.raises(Refused) as refused:
        operations.find_by_phone(phone="13900010001", by=by, at=at)
    assert refused.value.code == "no_power"
    assert not Look.objects.exists()
