"""修改: before it is out; whoever rewrites is its writer."""

import pytest

from tests.answers.conftest import DONE, agrees, published, told, written
from tests.orders.traces import last, refused, step
from yizhan.answers import operations


def rewrite(answer, by, at, **more):
    return operations.rewrite(answer=answer, told=told(**more), by=by, at=at)


def test_what_was_sent_back_waits_again(world, at):
    answer = written(world, at)
    operations.send_back(answer=answer, words="说短些", by=world.by.ma, at=at)

    answer = rewrite(answer, world.by.sun, at, title="灯亮了啊")

    assert (answer.state, answer.title) == ("waiting", "灯亮了啊")
    moved = {"from": "draft", "to": "waiting", "told": "general"}
    assert last(answer) == step("rewritten", world.by.sun, at, **moved)


def test_whoever_rewrites_it_does_not_let_it_out(world, at):
    answer = rewrite(written(world, at), world.by.ma, at)

    assert last(answer) == step("rewritten", world.by.ma, at, told="general")
    with refused("second_person", "另一位同志"):
        operations.publish(answer=answer, by=world.by.ma, at=at)
    assert operations.publish(answer=answer, by=world.by.zhou, at=at).state == "published"


def test_not_what_is_out(world, at):
    answer = published(world, at)

    with refused("wrong_state", "不能再改"):
        rewrite(answer, world.by.sun, at)


def test_the_same_rules_as_for_writing(world, at):
    answer = written(world, at)

    with refused("no_consent", "没有同意"):
        rewrite(answer, world.by.sun, at, kind="story")
    with refused("personal_data", "看到"):
        rewrite(answer, world.by.sun, at, done="打 13812345678")
    agrees(world, at)
    assert rewrite(answer, world.by.sun, at, kind="story").kind == "story"


@pytest.mark.parametrize("who", ["liu", "chen", "aunt_wang", "feng"])
def test_nobody_else_does(world, at, who):
    answer = written(world, at)

    with refused("not_your_post", "社区或街道"):
        rewrite(answer, getattr(world.by, who), at)


def test_the_page(world, at, browser):
    answer, path = written(world, at), ""
    path = f"{answer.code}/rewrite"
    fields = {"kind": "general", "title": "灯亮了啊", "asked": "灯坏了很久", "done": DONE}

    assert DONE in browser("ma").get(path).text
    assert browser("ma").send(path, **(fields | {"asked": ""})).status_code == 422
    assert browser("ma").send(path, **fields).status_code == 302
    assert browser("ma").send(path, **(fields | {"kind": "story"})).status_code == 409
