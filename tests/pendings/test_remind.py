"""The day of review: its owner is told once for each day set, also after days without a worker."""

from datetime import timedelta

from tests.orders.traces import heard, refused
from tests.pendings.conftest import pended
from yizhan.base.actor import CLOCK
from yizhan.pendings import jobs, operations, queries
from yizhan.pendings.models import Pending


def run(monkeypatch, at):
    monkeypatch.setattr("yizhan.pendings.jobs.now", lambda: at)
    with heard() as told:
        jobs.remind()
    return told


def test_once_and_not_before(world, at, monkeypatch):
    pending = pended(world, at, days=30)
    due = ("pending_due", world.ma.pk)

    assert run(monkeypatch, at + timedelta(days=29)) == []
    assert run(monkeypatch, at + timedelta(days=32)) == [due]
    assert run(monkeypatch, at + timedelta(days=32, hours=1)) == []
    later = at + timedelta(days=33)
    day = pending.review_date + timedelta(days=30)
    given = {"words": "在等", "measure": "应急灯", "review_date": day}
    operations.review(pending=pending, by=world.by.ma, at=later, **given)
    assert run(monkeypatch, later) == []
    assert run(monkeypatch, at + timedelta(days=70)) == [due]
    assert Pending.objects.get().steps.filter(kind="reminded").count() == 2


def test_what_is_over_reminds_nobody(world, at, monkeypatch):
    pending = pended(world, at)
    operations.resume(pending=pending, words="钱到了", by=world.by.sun, at=at)

    assert run(monkeypatch, at + timedelta(days=40)) == []


def test_only_the_clock_and_only_when_due(world, at):
    pending = pended(world, at)

    with refused("not_due", "还没有到复查的日子"):
        operations.remind(pending=pending, by=CLOCK, at=at)
    with refused("not_your_post", "系统"):
        operations.remind(pending=pending, by=world.by.ma, at=at + timedelta(days=40))


def test_the_list_and_the_clock_agree(world, at):
    pended(world, at)
    day = (at + timedelta(days=30)).date()

    assert len(queries.to_review(day)) == queries.ledger(world.by.sun, day).due == 1
