"""答复: by who answers for the place, never by who left it, and told to who left it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.feedback.conftest import ANSWER, WORDS, browser, send
from tests.orders.traces import heard, last, step
from yizhan.base.actor import ANONYMOUS
from yizhan.base.models import Notice
from yizhan.base.verdict import Refused
from yizhan.feedback import operations
from yizhan.privacy.models import Look

OUTSIDE = ("grandpa_li", "sun", "liu", "chen", "qian", "feng", "anju")


def answered(feedback, by, at):
    return operations.answer_feedback(feedback=feedback, words=ANSWER, by=by, at=at)


def test_the_secretary_answers_a_suggestion(world, at, leave):
    left = leave()
    with heard() as told:
        done = answered(left, world.by.ma, at)

    assert (done.state, done.version, done.handler) == ("answered", 2, world.ma)
    assert (done.answer.open(), done.answered_at) == (ANSWER, at)
    facts = {"from": "received", "to": "answered"}
    assert last(done) == step("answered", world.by.ma, at, **facts)
    assert told == [("feedback_answered", world.aunt_wang.pk)]


def test_a_number_without_account_gets_the_receipt(world, at, leave):
    left = leave(by=ANONYMOUS, contact_phone="13900000777")
    with heard() as told:
        answered(left, world.by.ma, at)

    assert told == [("feedback_answered", "13900000777")]
    notice = Notice.objects.get(kind="feedback_answered")
    assert left.receipt_code[:5] in notice.text
    assert ANSWER not in notice.text


@pytest.mark.parametrize("who", OUTSIDE)
def test_nobody_outside_answers_or_learns_of_it(world, at, leave, who):
    left = leave("complaint")
    with pytest.raises(Refused) as refused:
        answered(left, getattr(world.by, who), at)

    assert refused.value.code == "not_your_post"
    client = browser(getattr(world, who))
    assert client.get(left.get_absolute_url()).status_code == 404
    path = f"{left.get_absolute_url()}answer_feedback"
    assert send(client, path, words=ANSWER).status_code == 404
    assert not Look.objects.filter(subject_id=left.pk).exists()


def test_the_community_complained_of_does_not_see_it(world, at, leave):
    left = leave("complaint")
    client = browser(world.ma)

    assert client.get(left.get_absolute_url()).status_code == 404
    assert left.get_absolute_url() not in client.get("/feedback/desk").text
    assert left.get_absolute_url() in browser(world.zhou).get("/feedback/desk").text
    with pytest.raises(Refused) as refused:
        answered(left, world.by.ma, at)
    assert refused.value.code == "not_your_post"


def test_nobody_answers_their_own(world, at, leave):
    left = leave("complaint", by=world.by.zhou)
    with pytest.raises(Refused, match="别人") as refused:
        answered(left, world.by.zhou, at)

    assert refused.value.code == "own_feedback"
    client = browser(world.zhou)
    assert left.get_absolute_url() not in client.get("/feedback/desk").text
    assert f"{left.code}/answer_feedback" not in client.get(left.get_absolute_url()).text
    path = f"{left.get_absolute_url()}answer_feedback"
    assert send(client, path, words=ANSWER).status_code == 409


def test_nobody_answers_by_holding_the_receipt(world, at, leave):
    left = leave(by=ANONYMOUS)
    path = f"/feedback/{left.receipt_code}/answer_feedback"

    assert send(browser(world.ma), path, words=ANSWER).status_code == 409
    left.refresh_from_db()
    assert left.state == "received"


def test_twice_is_too_late(world, at, leave):
    left = answered(leave(), world.by.ma, at)
    with pytest.raises(Refused) as refused:
        answered(left, world.by.zhou, at)

    assert refused.value.code == "wrong_state"


def test_the_page_and_the_look(world, at, leave):
    left = leave(by=ANONYMOUS, contact_phone="13900000777")
    client = browser(world.ma)
    page = client.get(left.get_absolute_url()).text
    assert WORDS in page
    assert "139****0777" in page
    assert "13900000777" not in page
    look = Look.objects.get(subject_type="feedback.feedback", subject_id=left.pk)
    assert (look.actor, look.kind, look.purpose) == (world.ma, "open", "答复投诉建议")

    path = f"{left.get_absolute_url()}answer_feedback"
    short = send(client, path, words="好")
    assert (short.status_code, "至少 5 个字" in short.text) == (422, True)
    done = send(client, path, words=ANSWER)
    assert done.headers["Location"] == left.get_absolute_url()
    assert ANSWER in browser().get(f"/feedback/{left.receipt_code}/").text
    assert send(client, path, words=ANSWER).status_code == 409


def test_the_desk_shows_overdue_first_and_who_handled(world, at, leave):
    new = leave(by=ANONYMOUS)
    old = leave(by=ANONYMOUS, when=at - timedelta(days=10))
    done = answered(leave(by=ANONYMOUS), world.by.ma, at)
    page = browser(world.ma).get("/feedback/desk").text

    places = [page.index(one.get_absolute_url()) for one in (old, new, done)]
    assert places == sorted(places)
    assert "超期" in page
    assert world.ma.full_name in page


def test_the_desk_asks_a_constant_number_of_queries(world, at, leave):
    client, counts = browser(world.ma), []
    for _ in range(2):
        leave(by=ANONYMOUS)
        answered(leave(by=ANONYMOUS), world.by.ma, at)
        client.get("/feedback/desk")
        with CaptureQueriesContext(connection) as asked:
            client.get("/feedback/desk")
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_the_desk_is_for_those_who_answer(world):
    assert browser(world.sun).get("/feedback/desk").status_code == 404
    assert browser().get("/feedback/desk").status_code == 302
