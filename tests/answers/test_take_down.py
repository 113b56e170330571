"""撤下这一件: whoever asked needs no reason, with or without an account."""

import pytest

from tests.answers.conftest import TITLE, published, written
from tests.orders.stories import holder
from tests.orders.traces import last, refused
from yizhan.answers import operations


def test_the_asker(world, at):
    answer = operations.take_down(answer=published(world, at), by=world.by.aunt_wang, at=at)

    assert (answer.state, answer.reason, answer.retired_at) == ("retired", "asked", at)
    assert last(answer)["kind"] == "taken_down"
    with refused("wrong_state", "已经撤下"):
        operations.take_down(answer=answer, by=world.by.aunt_wang, at=at)


def test_the_holder_of_the_receipt(world, at):
    answer = published(world, at)

    by = holder(answer.order)
    assert operations.take_down(answer=answer, by=by, at=at).state == "retired"


@pytest.mark.parametrize("who", ["grandpa_li", "sun", "ma", "liu", "chen", "feng"])
def test_nobody_else_does(world, at, who):
    answer = written(world, at)

    with refused("not_asker", "点单人"):
        operations.take_down(answer=answer, by=getattr(world.by, who), at=at)


def test_the_page(world, at, browser):
    answer = published(world, at)
    order = answer.order

    assert browser("sun").get(f"{order.code}/take_down").status_code == 404
    assert browser("grandpa_li").get(f"{order.code}/take_down").status_code == 404
    assert TITLE in browser("aunt_wang").get(f"{order.code}/take_down").text
    gone = browser().send(f"{order.receipt_code}/take_down")
    assert gone.status_code == 302
    assert browser().get(f"{answer.code}/").status_code == 404
    assert browser().get(f"{order.receipt_code}/take_down").status_code == 404
