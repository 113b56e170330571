"""不同意销号: it stays on the list."""

import pytest

from tests.orders.traces import heard, last, refused, step
from tests.pendings.conftest import pended, proposed
from yizhan.pendings import operations

WORDS = "灯还是不亮"


def refuse(pending, by, at):
    return operations.refuse_strike_off(pending=pending, words=WORDS, by=by, at=at)


@pytest.mark.parametrize("who", ["aunt_wang", "ma", "sun"])
def test_it_stays(world, at, who):
    pending, by = proposed(world, at), getattr(world.by, who)

    with heard() as told:
        pending = refuse(pending, by, at)

    assert (pending.state, pending.proposed_by, pending.result) == ("on_list", None, None)
    moved = {"from": "proposed", "to": "on_list"}
    assert last(pending) == step("strike_off_refused", by, at, words=WORDS, **moved)
    assert told == [("pending_refused", world.ma.pk)]


@pytest.mark.parametrize("who", ["grandpa_li", "liu", "chen", "feng"])
def test_nobody_else_does(world, at, who):
    pending = proposed(world, at)

    with refused("not_your_post", "点单人或另一位同志"):
        refuse(pending, getattr(world.by, who), at)


def test_only_what_was_proposed(world, at):
    pending = pended(world, at)

    with refused("wrong_state", "没有要确认的销号"):
        refuse(pending, world.by.ma, at)


def test_the_asker_by_the_page(world, at, browser):
    pending = proposed(world, at)

    sent = browser("aunt_wang").send(pending.order, "refuse_strike_off", words=WORDS)
    assert sent.status_code == 302
    assert WORDS in browser("ma").get(pending.order).text
