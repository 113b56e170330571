"""What nobody reviews in three working days counts for nothing, also after a silent worker."""

from datetime import timedelta

from tests.conduct.conftest import flagged, upheld
from tests.orders.traces import refused
from yizhan.base.actor import CLOCK
from yizhan.conduct import jobs, operations
from yizhan.conduct.models import Flag


def run(monkeypatch, at):
    monkeypatch.setattr("yizhan.conduct.jobs.now", lambda: at)
    jobs.lapse()


def test_in_time_and_once(world, at, monkeypatch):
    flag = flagged(world, at)

    run(monkeypatch, flag.review_by)
    assert Flag.objects.get().state == "raised"
    run(monkeypatch, flag.review_by + timedelta(days=2))
    run(monkeypatch, flag.review_by + timedelta(days=3))
    flag = Flag.objects.get()
    assert flag.state == "lapsed"
    assert [one.kind for one in flag.steps] == ["raised", "lapsed"]


def test_what_was_reviewed_stays(world, at, monkeypatch):
    upheld(world, at)

    run(monkeypatch, at + timedelta(days=20))
    assert Flag.objects.get().state == "upheld"


def test_only_the_clock(world, at):
    flag = flagged(world, at)

    with refused("not_due", "没有过期"):
        operations.lapse(flag=flag, by=CLOCK, at=at)
    with refused("not_your_post", "系统"):
        operations.lapse(flag=flag, by=world.by.zhou, at=at + timedelta(days=9))
