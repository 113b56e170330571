"""申诉不成立: the measure stays until its end."""

from datetime import timedelta

import pytest

from tests.conduct.conftest import ANSWER, appealed, officer
from tests.orders.stories import placed
from tests.orders.traces import heard, last, refused, step
from yizhan.base.verdict import Refused
from yizhan.conduct import operations


def sustain(flag, by, at):
    return operations.sustain(flag=flag, words=ANSWER, by=by, at=at)


def test_it_stays_until_its_end(world, at):
    flag, other = appealed(world, at, measure="call", days=10), officer(world)
    end = flag.ends_at

    with heard() as told:
        flag = sustain(flag, other, at)

    assert (flag.state, flag.ends_at, flag.decided_by_id) == ("sustained", end, other.person_id)
    moved = {"from": "appealed", "to": "sustained"}
    assert last(flag) == step("sustained", other, at, **moved)
    assert told == [("flag_decided", world.aunt_wang.pk)]
    with pytest.raises(Refused):
        placed(world, end - timedelta(minutes=1))
    assert placed(world, end).state == "placed"


def test_not_by_who_reviewed_it(world, at):
    flag = appealed(world, at)

    with refused("another_person", "另一位同志"):
        sustain(flag, world.by.zhou, at)


@pytest.mark.parametrize("who", ["ma", "liu", "chen", "aunt_wang", "feng"])
def test_nobody_else_does(world, at, who):
    flag = appealed(world, at)

    with refused("not_your_post", "街道或区里"):
        sustain(flag, getattr(world.by, who), at)
