"""提请销号: with the result, for the asker or a second person to agree."""

import pytest

from tests.orders.traces import heard, last, refused, step
from tests.pendings.conftest import RESULT, pended, proposed
from yizhan.pendings import operations


def propose(pending, by, at):
    return operations.propose_strike_off(pending=pending, result=RESULT, by=by, at=at)


def test_the_asker_is_asked(world, at):
    pending = pended(world, at)

    with heard() as told:
        pending = propose(pending, world.by.ma, at)

    assert (pending.state, pending.proposed_by) == ("proposed", world.ma)
    assert pending.result.open() == RESULT
    moved = {"from": "on_list", "to": "proposed"}
    assert last(pending) == step("strike_off_proposed", world.by.ma, at, **moved)
    assert told == [("pending_proposed", world.aunt_wang.pk)]


def test_not_twice(world, at):
    pending = proposed(world, at)

    with refused("wrong_state", "已经提请销号"):
        propose(pending, world.by.ma, at)


@pytest.mark.parametrize("who", ["aunt_wang", "liu", "chen", "feng"])
def test_nobody_else_does(world, at, who):
    pending = pended(world, at)

    with refused("not_your_post", "社区或街道"):
        propose(pending, getattr(world.by, who), at)


def test_the_page(world, at, browser):
    pending = pended(world, at)

    answer = browser("sun").send(pending.order, "propose_strike_off", result="")
    assert (answer.status_code, "请写一句办理结果" in answer.text) == (422, True)
    sent = browser("sun").send(pending.order, "propose_strike_off", result=RESULT)
    assert sent.status_code == 302
