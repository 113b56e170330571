"""Finding a person by number at the counter."""

import pytest

from yizhan.base.verdict import Refused
from yizhan.people.acting import actor_for
from yizhan.privacy import operations
from yizhan.privacy.models import Look


@pytest.fixture
def clerk(town):
    return actor_for(town.clerk, town.clerk_post)


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
