import json

import pytest
from django.db import connection, transaction

from yizhan.base import outbox
from yizhan.base.models import Notice
from yizhan.base.outbox import DELIVER, Kind, Message, Recipient, tell
from yizhan.base.sealed import Sealed


@pytest.fixture(autouse=True)
def kind(monkeypatch):
    kinds = {
        "lamp-lit": Kind(
            title="灯亮了",
            text=lambda facts: f"亮度 {facts['brightness']}",
            link=lambda facts: f"/lamps/{facts['lamp']}/",
        )
    }
    monkeypatch.setattr(outbox, "KINDS", kinds)


@pytest.fixture
def message(world, lamp):
    def to(recipient):
        return Message(recipient, "lamp-lit", lamp, {"lamp": lamp.pk, "brightness": 3})

    return to


def jobs():
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = %s", [DELIVER])
        return [json.loads(args) for (args,) in cursor.fetchall()]


def test_one_job_carries_all_the_notices_of_one_act(world, message, at):
    before = len(jobs())
    notices = tell(
        message(Recipient(person_id=world.aunt_wang.pk)),
        message(Recipient(person_id=world.chen.pk)),
        at=at,
    )

    kept = Notice.objects.get(pk=notices[0].pk)
    assert (kept.to, kept.kind, kept.at, kept.due_at, kept.sent_at) == (
        world.aunt_wang,
        "lamp-lit",
        at,
        at,
        None,
    )
    assert (kept.title, kept.text) == ("灯亮了", "亮度 3")
    assert kept.link == f"/lamps/{kept.subject_id}/"
    assert jobs()[before:] == [{"notices": [notice.pk for notice in notices]}]


def test_a_number_without_an_account_is_kept_sealed(message, at):
    phone = Sealed.of("13800000077", use="some.other.column")
    [notice] = tell(message(Recipient(phone=phone)), at=at)

    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM base_notice WHERE id = %s", [notice.pk])
        assert b"13800000077" not in bytes(cursor.fetchone()[0])
    assert Notice.objects.get(pk=notice.pk).phone.open() == "13800000077"


def test_an_account_is_enough(world, message, at):
    phone = Sealed.of("13800000077", use="notice.phone")
    [notice] = tell(message(Recipient(person_id=world.chen.pk, phone=phone)), at=at)

    assert notice.phone is None


def test_nobody_is_told_nothing(message, at):
    assert tell(message(Recipient()), at=at) == []


def test_an_unknown_kind_fails_at_once(world, lamp, at):
    with pytest.raises(KeyError):
        tell(Message(Recipient(person_id=world.chen.pk), "unknown", lamp), at=at)


def test_what_is_rolled_back_was_never_told(world, message, at):
    before, count = jobs(), Notice.objects.count()

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        tell(message(Recipient(person_id=world.chen.pk)), at=at)
        raise ZeroDivisionError
    assert (jobs(), Notice.objects.count()) == (before, count)
