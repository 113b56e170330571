"""会到场: a called unit answers."""

import pytest

from tests.orders.traces import last, refused, step
from tests.whistles.stories import blown, call_of, closed, there
from yizhan.whistles import operations


def answer(world, at, whistle, who="anju", unit="P", words="下午三点到"):
    by = getattr(world.by, who)
    return operations.answer_call(call=call_of(whistle, unit), words=words, by=by, at=at)


@pytest.mark.parametrize(("who", "unit"), [("anju", "P"), ("liu", "B1"), ("chen", "B1")])
def test_who_answers_for_the_unit_or_is_in_it(world, at, who, unit):
    call = answer(world, at, blown(world, at), who, unit)

    assert (call.state, call.answered_at) == ("answered", at)
    moved = {"from": "called", "to": "answered"}
    by = getattr(world.by, who)
    assert last(call) == step("answered", by, at, words="下午三点到", **moved)


@pytest.mark.parametrize("who", ["aunt_wang", "sun", "ma", "zhou", "zhao", "liu", "feng"])
def test_nobody_else(world, at, who):
    whistle = blown(world, at)

    with refused("not_your_unit", "由被叫到的单位来做"):
        answer(world, at, whistle, who)


def test_a_community_that_is_called_answers_too(world, at):
    whistle = blown(world, at, helpers=[world.units["C"]])

    assert answer(world, at, whistle, "ma", "C").state == "answered"


@pytest.mark.parametrize(("story", "words"), [(there, "已经回应过了"), (closed, "已经结束")])
def test_not_twice_and_not_after_the_end(world, at, story, words):
    whistle = story(world, at)

    with refused("wrong_state", words):
        answer(world, at, whistle)


def test_no_personal_data_unseen(world, at):
    whistle = blown(world, at)

    with refused("personal_data", "别人会看到"):
        answer(world, at, whistle, words="打 13912345678 找我")


def test_the_page(world, at, desk):
    whistle = blown(world, at)
    sent = desk("anju").send("whistles:answer_call", whistle.code, "P", words="")

    assert (sent.status_code, sent.headers["Location"]) == (302, f"/whistles/{whistle.code}/")
    assert "会到场" in desk("zhou").get("whistles:show", whistle.code).text


def test_late(world, at, desk):
    sent = desk("anju").send("whistles:answer_call", there(world, at).code, "P", words="")

    assert sent.status_code == 409
    assert "已经回应过了" in sent.text
