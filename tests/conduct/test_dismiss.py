"""不成立: nothing follows, and nobody hears of it."""

import pytest

from tests.conduct.conftest import WHY, flagged
from tests.orders.stories import placed
from tests.orders.traces import heard, last, refused, step
from yizhan.conduct import operations
from yizhan.orders import cases


def dismiss(flag, by, at):
    return operations.dismiss(flag=flag, words="两回说的不是一处", by=by, at=at)


def test_nothing_follows(world, at):
    flag = flagged(world, at)

    with heard() as told:
        flag = dismiss(flag, world.by.zhou, at)

    assert (flag.state, flag.measure, flag.reviewed_by) == ("dismissed", "", world.zhou)
    moved = {"from": "raised", "to": "dismissed"}
    assert last(flag) == step("dismissed", world.by.zhou, at, words="两回说的不是一处", **moved)
    assert told == []
    assert cases.cards(flag.order, world.by.aunt_wang, at) == []
    assert placed(world, at).state == "placed"
    assert flagged(world, at, flag.order).state == "raised"


@pytest.mark.parametrize("who", ["sun", "ma", "liu", "chen", "aunt_wang", "feng"])
def test_only_the_street(world, at, who):
    flag = flagged(world, at)

    with refused("not_your_post", "街道"):
        dismiss(flag, getattr(world.by, who), at)


def test_who_said_it_is_not_the_second(world, at):
    flag = flagged(world, at, by=world.by.zhou)

    with refused("second_person", "另一位同志"):
        dismiss(flag, world.by.zhou, at)


def test_the_page(world, at, browser):
    flag, street = flagged(world, at), browser("zhou")

    assert street.send(f"{flag.code}/dismiss", words="").status_code == 422
    assert street.send(f"{flag.code}/dismiss", words=WHY).status_code == 302
    assert street.send(f"{flag.code}/dismiss", words=WHY).status_code == 409
