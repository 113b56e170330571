"""Delivery: once, at a decent hour, again when the carrier failed."""

import logging
from datetime import datetime, timedelta

import pytest
from django.utils.timezone import now
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.notices.conftest import BEIJING
from yizhan.base.models import Notice, TextMessage
from yizhan.base.outbox import KINDS, Kind, Message, Recipient, tell
from yizhan.base.sealed import Sealed
from yizhan.notices import jobs, operations, queries, rules


def deliver(notice, at):
    operations.deliver(notice_id=notice.pk, at=at)
    notice.refresh_from_db()
    return notice


def test_the_inbox_needs_no_sending(town, say, workday, sent):
    notice = deliver(say(town.aunt, "test.quiet", workday), workday)
    assert notice.sent_at == workday
    assert not sent


def test_a_text_goes_out_once(town, say, workday, sent):
    notice = say(town.aunt, "test.text", workday, code="A1", at=workday.isoformat())
    deliver(notice, workday)
    deliver(notice, workday + timedelta(minutes=1))
    [(phone, text, values)] = sent
    assert (phone, text) == ("13900010001", "单子 A1 有进展")
    assert values == {"title": "有进展", "code": "A1", "at": workday.isoformat()}
    assert notice.sent_at == workday


def test_someone_without_a_phone_reads_it_in_the_inbox(town, say, workday, sent):
    notice = deliver(say(town.guard, "test.text", workday), workday)
    assert notice.sent_at == workday
    assert not sent


def test_a_number_without_an_account(town, workday, sent):
    to = Recipient(phone=Sealed.of("13900017777", use="notice.phone"))
    [notice] = tell(Message(to=to, kind="test.quiet", subject=town.aunt), at=workday)
    deliver(notice, workday)
    assert [message[0] for message in sent] == ["13900017777"]


def test_a_print_list_is_not_sent(town, workday, sent):
    to = Recipient(print_list="前街社区公告栏")
    [notice] = tell(Message(to=to, kind="test.text", subject=town.aunt), at=workday)
    assert deliver(notice, workday).sent_at == workday
    assert not sent


def test_residents_are_not_woken(town, say, evening, sent):
    notice = deliver(say(town.aunt, "test.text", evening), evening)
    saturday = datetime(2026, 11, 21, 8, tzinfo=BEIJING)
    assert (notice.sent_at, notice.due_at) == (None, saturday)
    assert not sent
    assert queries.due(evening + timedelta(hours=1)) == []
    assert queries.due(saturday) == [notice.pk]
    assert deliver(notice, saturday).sent_at == saturday
    assert len(sent) == 1


def test_staff_wait_for_the_workday(town, say, evening, sent):
    notice = deliver(say(town.clerk, "test.text", evening), evening)
    assert notice.due_at == datetime(2026, 11, 23, 8, tzinfo=BEIJING)


def test_urgent_ignores_the_hour(town, say, evening, sent):
    assert deliver(say(town.clerk, "test.urgent", evening), evening).sent_at == evening


@pytest.mark.parametrize(
    ("hour", "minute", "day"), [(7, 59, 20), (8, 0, None), (19, 59, None), (20, 0, 21), (0, 0, 20)]
)
def test_the_edges_of_the_night(hour, minute, day):
    moment = datetime(2026, 11, 20, hour, minute, tzinfo=BEIJING)
    expected = datetime(2026, 11, day, 8, tzinfo=BEIJING) if day else None
    assert rules.quiet_end(moment, staff=False) == expected


def test_a_failing_carrier_is_tried_again(town, say, workday, settings, sent):
    settings.SMS_SENDER = "tests.people.cast.BrokenSender"
    notice = deliver(say(town.aunt, "test.text", workday), workday)
    again = workday + timedelta(minutes=5)
    assert (notice.sent_at, notice.due_at) == (None, again)
    settings.SMS_SENDER = "tests.people.cast.KeptSender"
    assert deliver(notice, again).sent_at == again
    assert len(sent) == 1


def test_after_a_day_it_is_given_up(town, say, workday, settings):
    settings.SMS_SENDER = "tests.people.cast.BrokenSender"
    notice = say(town.aunt, "test.text", workday)
    late = workday + timedelta(hours=25)
    assert deliver(notice, late).sent_at == late


def test_a_kind_nobody_knows_any_more_stops_nothing(town, say, workday):
    notice = say(town.aunt, "test.text", workday)
    Notice.objects.filter(pk=notice.pk).update(kind="gone.kind")
    assert deliver(notice, workday).sent_at == workday


def test_a_text_that_cannot_be_worded_stops_nothing(town, say, workday, sent, caplog):
    KINDS["test.text"] = Kind("坏", lambda facts: facts["missing"], lambda _: "/", sms=True)
    notice = deliver(say(town.aunt, "test.text", workday), workday)
    assert notice.sent_at == workday
    assert not sent
    assert "cannot be worded" in caplog.text


def test_the_log_has_no_personal_data(town, say, workday, sent, caplog):
    caplog.set_level(logging.INFO, "yizhan")
    notice = deliver(say(town.aunt, "test.text", workday, code="A1"), workday)
    assert f"notice {notice.pk} (test.text) delivered: kept" in caplog.text
    for private in ("13900010001", "欧阳", "A1"):
        assert private not in caplog.text


def test_the_jobs(town, say, sent):
    at = now()
    notice = say(town.aunt, "test.quiet", at)
    [job] = ProcrastinateJob.objects.filter(task_name="notices.deliver")
    jobs.deliver(**job.args)
    late = say(town.aunt, "test.quiet", at)
    jobs.sweep()
    assert not Notice.objects.filter(pk__in=[notice.pk, late.pk], sent_at=None).exists()


def test_one_text_row_per_text(town, say, workday, sent):
    deliver(say(town.aunt, "test.text", workday), workday)
    [row] = TextMessage.objects.all()
    assert (row.kind, row.sender, row.is_sent) == ("test.text", "kept", True)


def test_two_workers_send_one_text(race_db, kinds, settings):
    from threading import Barrier, Thread

    from django.db import connection

    from tests.people import cast

    town = cast.load()
    settings.SMS_SENDER = "tests.people.cast.KeptSender"
    cast.KeptSender.messages = []
    at = datetime(2026, 11, 23, 10, tzinfo=BEIJING)
    message = Message(to=Recipient(person_id=town.aunt.pk), kind="test.text", subject=town.aunt)
    [notice] = tell(message, at=at)
    barrier = Barrier(4)

    def work():
        barrier.wait()
        operations.deliver(notice_id=notice.pk, at=at)
        connection.close()

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(cast.KeptSender.messages) == 1
