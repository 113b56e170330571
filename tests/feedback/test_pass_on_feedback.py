"""转有关部门: who left it is told where to ask; an answer may still follow."""

import pytest

from tests.feedback.conftest import ANSWER, browser, send
from tests.orders.traces import heard, last, step
from yizhan.base.verdict import Refused
from yizhan.feedback import operations

WHERE = "这件事归区市场监管局，电话 0917-0000000"


def passed_on(feedback, by, at):
    return operations.pass_on_feedback(feedback=feedback, words=WHERE, by=by, at=at)


def test_who_left_it_is_told_where(world, at, leave):
    left = leave("complaint")
    with heard() as told:
        done = passed_on(left, world.by.zhou, at)

    assert (done.state, done.handler, done.answer.open()) == ("passed_on", world.zhou, WHERE)
    facts = {"from": "received", "to": "passed_on"}
    assert last(done) == step("passed_on", world.by.zhou, at, **facts)
    assert told == [("feedback_passed_on", world.aunt_wang.pk)]
    assert WHERE in browser(world.aunt_wang).get(left.get_absolute_url()).text


def test_an_answer_may_follow(world, at, leave):
    done = passed_on(leave(), world.by.ma, at)
    done = operations.answer_feedback(feedback=done, words=ANSWER, by=world.by.zhou, at=at)

    assert (done.state, done.handler) == ("answered", world.zhou)


@pytest.mark.parametrize(("who", "code"), [("ma", "not_your_post"), ("sun", "not_your_post")])
def test_others_cannot(world, at, leave, who, code):
    with pytest.raises(Refused) as refused:
        passed_on(leave("complaint"), getattr(world.by, who), at)

    assert refused.value.code == code


def test_nobody_passes_on_their_own(world, at, leave):
    with pytest.raises(Refused) as refused:
        passed_on(leave(by=world.by.ma), world.by.ma, at)

    assert refused.value.code == "own_feedback"


def test_once_only_and_never_after_an_answer(world, at, leave):
    done = passed_on(leave(), world.by.ma, at)
    with pytest.raises(Refused) as refused:
        passed_on(done, world.by.ma, at)

    assert refused.value.code == "wrong_state"


def test_the_page(world, at, leave):
    left = leave()
    path = f"{left.get_absolute_url()}pass_on_feedback"
    client = browser(world.ma)

    assert send(client, path, words="").status_code == 422
    assert send(client, path, words=WHERE).status_code == 302
    assert send(client, path, words=WHERE).status_code == 409
    assert send(browser(world.sun), path, words=WHERE).status_code == 404
