"""退回修改: with what is to be changed."""

import pytest

from tests.answers.conftest import published, written
from tests.orders.traces import last, refused, step
from yizhan.answers import operations


def send_back(answer, by, at):
    return operations.send_back(answer=answer, words="别写楼号", by=by, at=at)


def test_it_is_to_be_changed(world, at):
    answer = send_back(written(world, at), world.by.ma, at)

    assert answer.state == "draft"
    moved = {"from": "waiting", "to": "draft"}
    assert last(answer) == step("sent_back", world.by.ma, at, words="别写楼号", **moved)


def test_only_what_waits(world, at):
    answer = published(world, at)

    with refused("wrong_state", "没有等着看"):
        send_back(answer, world.by.ma, at)


@pytest.mark.parametrize("who", ["liu", "chen", "aunt_wang", "feng"])
def test_nobody_else_does(world, at, who):
    answer = written(world, at)

    with refused("not_your_post", "社区或街道"):
        send_back(answer, getattr(world.by, who), at)


def test_the_page(world, at, browser):
    answer, second = written(world, at), browser("ma")

    assert second.send(f"{answer.code}/send_back", words="").status_code == 422
    assert second.send(f"{answer.code}/send_back", words="别写楼号").status_code == 302
    assert "别写楼号" in browser("sun").get(f"{answer.code}/record").text
    assert second.send(f"{answer.code}/send_back", words="别写楼号").status_code == 409
