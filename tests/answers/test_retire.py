"""撤下: with a reason; it stays in the history, and the order may be told of anew."""

import pytest

from tests.answers.conftest import TITLE, published, written
from tests.orders.traces import last, refused, step
from yizhan.answers import operations


def retire(answer, by, at, reason="telling"):
    return operations.retire(answer=answer, reason=reason, words="像三楼那家", by=by, at=at)


@pytest.mark.parametrize("story", [written, published])
def test_it_is_taken_down(world, at, story):
    answer = story(world, at)
    before = str(answer.state)

    answer = retire(answer, world.by.sun, at)

    assert (answer.state, answer.reason, answer.retired_at) == ("retired", "telling", at)
    moved = {"from": before, "to": "retired", "reason": "telling"}
    assert last(answer) == step("retired", world.by.sun, at, words="像三楼那家", **moved)
    assert written(world, at, order=answer.order).state == "waiting"


def test_not_twice(world, at):
    answer = retire(published(world, at), world.by.sun, at)

    with refused("wrong_state", "已经撤下"):
        retire(answer, world.by.sun, at)


@pytest.mark.parametrize("who", ["liu", "chen", "aunt_wang", "feng"])
def test_nobody_else_does(world, at, who):
    answer = published(world, at)

    with refused("not_your_post", "社区或街道"):
        retire(answer, getattr(world.by, who), at)


def test_the_page(world, at, browser):
    answer, clerk = published(world, at), browser("sun")
    path = f"{answer.code}/retire"

    assert clerk.send(path).status_code == 422
    assert clerk.send(path, reason="erased").status_code == 422
    assert clerk.send(path, reason="wrong").status_code == 302
    assert browser().get(f"{answer.code}/").status_code == 404
    assert TITLE in clerk.get("desk").text
    assert clerk.send(path, reason="wrong").status_code == 409
