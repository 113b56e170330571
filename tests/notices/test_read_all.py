"""Marking everything read."""

import pytest

from yizhan.base.actor import ANONYMOUS
from yizhan.base.models import Notice
from yizhan.base.verdict import Refused
from yizhan.notices import operations, queries


def test_read_all(client, town, say, aunt, workday):
    for _ in range(3):
        say(town.aunt, "test.quiet", workday)
    other = say(town.clerk, "test.quiet", workday)
    assert client.post("/inbox/read_all").headers["Location"] == "/inbox/"
    assert queries.unread_count(aunt) == 0
    assert Notice.objects.get(pk=other.pk).read_at is None


def test_who_has_no_inbox(db, at):
    with pytest.raises(Refused) as refused:
        operations.read_all(by=ANONYMOUS, at=at)

    assert refused.value.code == "not_signed_in"
