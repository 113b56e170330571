"""留投诉建议: from any page, without an account, with a promise of five working days."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from tests.feedback.conftest import WORDS, browser, send, typed
from tests.orders.traces import heard, last, step
from yizhan.base.actor import ANONYMOUS
from yizhan.base.codes import is_receipt, spaced
from yizhan.base.models import Notice, Step
from yizhan.base.verdict import Refused
from yizhan.feedback.models import Feedback

PROMISE = datetime(2026, 11, 27, 10, tzinfo=UTC)


def newest():
    return Feedback.objects.latest("pk")


def test_with_an_account(world, at, leave):
    with heard() as told:
        left = leave("suggestion")

    assert (left.state, left.version, left.region_code) == ("received", 1, "610302002002")
    assert (left.person, left.handler) == (world.aunt_wang, None)
    facts = {"about": "suggestion", "contact": False}
    assert last(left) == step("received", world.by.aunt_wang, at, **facts)
    assert told == [
        ("feedback_arrived", world.ma.pk),
        ("feedback_received", world.aunt_wang.pk),
    ]


def test_the_promise_is_five_working_days_and_stays(leave, at):
    """Left on a Sunday at noon: the fifth working day is Friday."""
    left = leave()

    assert left.due_at == PROMISE
    assert not left.is_late(PROMISE)
    assert left.is_late(PROMISE + timedelta(seconds=1))


def test_without_an_account_the_number_gets_the_receipt(world, leave):
    with heard() as told:
        left = leave("praise", by=ANONYMOUS, contact_phone="13900000777")

    assert left.person is None
    assert ("feedback_received", "13900000777") in told
    notice = Notice.objects.get(kind="feedback_received")
    assert spaced(left.receipt_code) in notice.text
    assert "前答复" in notice.text
    assert notice.link == f"/feedback/{left.receipt_code}/"
    assert left.receipt_code not in str(notice.facts)


def test_without_account_and_number_nobody_is_written_to_but_the_desk(world, leave):
    with heard() as told:
        leave(by=ANONYMOUS)

    assert told == [("feedback_arrived", world.ma.pk)]


def test_a_complaint_about_a_community_goes_to_the_street(world, leave):
    with heard() as told:
        leave("complaint")

    assert told == [
        ("feedback_arrived", world.zhou.pk),
        ("feedback_received", world.aunt_wang.pk),
    ]


def test_what_names_no_community_goes_to_the_streets(world, leave, other_street):
    with heard() as told:
        left = leave(region=None)

    assert (left.region, left.region_code) == (None, "610302")
    arrived = {who for kind, who in told if kind == "feedback_arrived"}
    assert arrived == {world.zhou.pk, world.feng.pk}


def test_who_answers_is_not_told_of_their_own(world, leave):
    with heard() as told:
        leave(by=world.by.ma)

    assert ("feedback_arrived", world.ma.pk) not in told
    assert ("feedback_arrived", world.zhou.pk) in told


def test_words_and_telephone_lie_sealed(leave):
    left = leave(contact_phone="13900000777")

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM feedback_feedback WHERE id = %s", [left.pk])
        row = cursor.fetchone()
    raw = b"|".join(bytes(v) if isinstance(v, memoryview) else str(v).encode() for v in row)
    assert left.code.encode() in raw
    for secret in (WORDS, "13900000777", left.receipt_code):
        assert secret.encode() not in raw


def test_staff_leave_it_for_somebody(world, leave):
    left = leave(by=replace(world.by.sun, on_behalf_of=world.grandpa_li.pk))

    assert left.person_id == world.grandpa_li.pk
    assert left.steps.get().on_behalf_of == world.grandpa_li.pk


def test_too_many_within_an_hour(leave):
    for _ in range(10):
        leave()
    with pytest.raises(Refused) as refused:
        leave()

    assert refused.value.code == "too_many"
    assert Feedback.objects.count() == 10


def test_the_page_needs_no_account_and_ends_at_the_receipt(world, at):
    visitor = browser()
    page = visitor.get("/feedback/", headers={"Referer": "http://testserver/stations/YZ008/?q=1"})
    assert page.status_code == 200
    assert 'value="/stations/YZ008/"' in page.text
    answer = send(visitor, "/feedback/", **typed(page="/stations/YZ008/?q=1"))

    left = newest()
    assert answer.headers["Location"] == f"/feedback/{left.receipt_code}/?new=1"
    assert is_receipt(left.receipt_code)
    assert (left.words.open(), left.page, left.person) == (WORDS, "/stations/YZ008/", None)
    shown = visitor.get(answer.headers["Location"]).text
    assert spaced(left.receipt_code) in shown
    assert "11月27日 18:00" in shown


def test_an_account_may_stay_out_of_it(world):
    client = browser(world.aunt_wang)
    assert "不记我的账号" in client.get("/feedback/").text
    send(client, "/feedback/", **typed(unsigned="on"))

    left = newest()
    assert left.person is None
    assert Step.objects.get(subject_id=left.pk, kind="received").actor is None
    send(client, "/feedback/", **typed())
    assert newest().person == world.aunt_wang


def test_who_answers_cannot_stay_out_of_it(world):
    client = browser(world.ma)
    assert "不记我的账号" not in client.get("/feedback/").text
    send(client, "/feedback/", **typed(unsigned="on"))

    assert newest().person == world.ma


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({"words": "不好"}, "请写清楚是什么事，至少 5 个字"),
        ({"kind": ""}, "请选一种"),
        ({"contact_phone": "12345"}, "请填手机号，或带区号的座机号"),
        ({"region": "610302100001"}, "不在可用的选项"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(world, fields, missing):
    answer = send(browser(), "/feedback/", **typed(**fields))

    assert answer.status_code == 422
    assert missing in answer.text
    assert fields.get("words", WORDS) in answer.text
    assert not Feedback.objects.exists()


def test_a_double_tap_leaves_one(world):
    visitor = browser()
    first, second = (send(visitor, "/feedback/", **typed(command_id="tap")) for _ in range(2))

    assert first.headers["Location"] == second.headers["Location"]
    assert Feedback.objects.count() == 1


def test_too_many_from_one_address_are_asked_to_wait(world, settings):
    limits = settings.ACCOUNT_RATE_LIMITS
    assert "feedback" in limits
    settings.ACCOUNT_RATE_LIMITS = {**limits, "feedback": "2/10m/ip"}
    sent = [send(browser(), "/feedback/", **typed()).status_code for _ in range(3)]

    assert sent == [302, 302, 409]
    assert Feedback.objects.count() == 2


def test_a_page_from_elsewhere_is_not_kept(world):
    page = browser().get("/feedback/", headers={"Referer": "https://elsewhere.example/secret"})

    assert "elsewhere" not in page.text
    assert "secret" not in page.text
