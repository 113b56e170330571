"""The head of each day is kept once and told once to the audit administrators."""

from datetime import timedelta

import pytest

from tests.orders.stories import placed
from tests.world import SINCE
from yizhan.base import chain
from yizhan.base.actor import CLOCK
from yizhan.base.models import Head, Notice
from yizhan.base.verdict import Refused
from yizhan.people.models import Post
from yizhan.privacy import jobs, operations

DAY = timedelta(days=1)


@pytest.fixture
def auditor(world):
    Post.objects.create(
        person=world.he, role="audit_admin", unit=world.units["D"], since_date=SINCE
    )
    return world.he


def test_it_is_kept_and_told_once(world, at, auditor):
    placed(world, at)
    chain.seal_waiting(at=at)

    head = operations.keep_head(by=CLOCK, at=at + DAY)
    again = operations.keep_head(by=CLOCK, at=at + DAY)

    assert head == again == Head.objects.get()
    [notice] = Notice.objects.filter(kind="privacy_head")
    assert notice.to == auditor
    assert f"2026-11-22 的链头是 {head.position}:{bytes(head.hash).hex()}" in notice.text
    assert notice.link == "/audit/chain"


def test_nothing_before_anything_was_sealed(world, at, auditor):
    assert operations.keep_head(by=CLOCK, at=at - DAY) is None
    assert not Notice.objects.filter(kind="privacy_head").exists()


def test_only_by_the_clock(world, at):
    with pytest.raises(Refused, match="链头"):
        operations.keep_head(by=world.by.sun, at=at)


def test_the_job_keeps_it(world, at, auditor, monkeypatch):
    placed(world, at)
    chain.seal_waiting(at=at)
    monkeypatch.setattr(jobs, "now", lambda: at + DAY)

    jobs.keep_head()

    assert Head.objects.count() == 1
