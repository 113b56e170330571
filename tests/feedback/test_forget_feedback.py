"""隐去: two years after the answer, or when a person asks; that it was left stays."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.feedback.conftest import ANSWER, WORDS, browser
from tests.orders.traces import kinds
from yizhan.base import chain
from yizhan.base.actor import ANONYMOUS, CLOCK
from yizhan.base.verdict import Refused
from yizhan.feedback import holdings, jobs, operations
from yizhan.feedback.models import Feedback

YEARS = timedelta(days=730)


@pytest.fixture
def over(world, at, leave):
    """One that was answered, with a telephone number."""
    left = leave(by=ANONYMOUS, contact_phone="13900000777")
    return operations.answer_feedback(feedback=left, words=ANSWER, by=world.by.ma, at=at)


def kept(feedback):
    feedback.refresh_from_db()
    return [bool(getattr(feedback, name)) for name in ("words", "contact_phone", "answer")]


def test_the_clock_takes_the_words_after_two_years(over, at, monkeypatch):
    for day, left in ((YEARS - timedelta(seconds=1), True), (YEARS, False)):
        monkeypatch.setattr(jobs, "now", lambda day=day: at + day)
        jobs.forget()
        assert kept(over) == [left] * 3

    assert kinds(over) == ["received", "answered", "forgotten"]
    assert (over.state, over.kind, over.region_code) == ("answered", "suggestion", "610302002002")
    jobs.forget()
    assert over.steps.count() == 3
    assert chain.verify() == []
    assert "内容已按规定隐去" in browser().get(f"/feedback/{over.receipt_code}/").text


def test_what_waits_for_an_answer_stays(leave, at, monkeypatch):
    left = leave(by=ANONYMOUS)
    monkeypatch.setattr(jobs, "now", lambda: at + 2 * YEARS)
    jobs.forget()

    assert left.words.open() == WORDS
    with pytest.raises(Refused) as refused:
        operations.forget_feedback(feedback=left, by=CLOCK, at=at + 2 * YEARS)
    assert refused.value.code == "still_open"


def test_the_clock_is_not_early(over, at):
    with pytest.raises(Refused) as refused:
        operations.forget_feedback(feedback=over, by=CLOCK, at=at)

    assert refused.value.code == "not_due"


def test_others_cannot(world, over, at):
    for who in ("ma", "zhou", "sun", "grandpa_li"):
        with pytest.raises(Refused) as refused:
            operations.forget_feedback(feedback=over, by=getattr(world.by, who), at=at)
        assert refused.value.code == "not_your_post", who


def test_the_author_and_who_deals_with_their_request(world, leave, at):
    for by in (world.by.aunt_wang, replace(world.by.sun, on_behalf_of=world.aunt_wang.pk)):
        left = leave()
        done = operations.answer_feedback(feedback=left, words=ANSWER, by=world.by.ma, at=at)
        operations.forget_feedback(feedback=done, by=by, at=at)
        assert kept(done) == [False] * 3


def test_a_person_gets_a_copy_and_is_forgotten(world, leave, at):
    waiting, done = leave(), leave("praise")
    operations.answer_feedback(feedback=done, words=ANSWER, by=world.by.ma, at=at)

    copy = holdings.copy(world.aunt_wang)
    assert [(row["种类"], row["内容"], row["答复"]) for row in copy] == [
        ("建议", WORDS, ""),
        ("表扬", WORDS, ANSWER),
    ]
    assert holdings.copy(world.grandpa_li) == []
    assert holdings.forget(world.aunt_wang, world.by.sun, at) == 1
    assert (kept(waiting), kept(done)) == ([True, False, False], [False] * 3)
    assert Feedback.objects.count() == 2
