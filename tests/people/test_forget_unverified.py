"""Numbers that somebody typed and never confirmed do not stay."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from tests.people import cast
from yizhan.people import jobs, operations
from yizhan.people.acting import actor_for
from yizhan.people.models import Person


@pytest.fixture
def typed(town):
    """A number typed at the door two days ago."""
    person = cast.person("", phone="13900015555")
    Person.objects.filter(pk=person.pk).update(recorded_at=now() - timedelta(days=2))
    return person


def gone(person):
    return not Person.objects.filter(pk=person.pk).exists()


def test_forget_unverified(town, typed):
    fresh = cast.person("", phone="13900015556")
    jobs.forget_unverified()
    assert gone(typed)
    assert not gone(fresh)
    assert not gone(town.clerk)
    assert not gone(town.member)


@pytest.mark.parametrize(
    "kept", [{"phone_verified_at": now()}, {"last_login": now()}, {"version": 2}, {"is_demo": True}]
)
def test_who_is_kept(town, typed, kept):
    Person.objects.filter(pk=typed.pk).update(**kept)
    jobs.forget_unverified()
    assert not gone(typed)


def test_only_the_clock(town, guard, clock, at):
    def act(by):
        return operations.forget_unverified(by=by, at=at)

    assert cast.refused_code(lambda: act(guard)) == "clock_only"
    assert cast.refused_code(lambda: act(actor_for(town.aunt))) == "clock_only"
