"""申诉成立: a third person ends the measure at once."""

import pytest

from tests.conduct.conftest import ANSWER, appealed, officer, upheld
from tests.orders.stories import placed
from tests.orders.traces import heard, last, refused, step
from yizhan.base.verdict import Refused
from yizhan.conduct import operations


def overturn(flag, by, at):
    return operations.overturn(flag=flag, words=ANSWER, by=by, at=at)


@pytest.mark.parametrize("unit", ["S", "D"])
def test_another_person_of_the_street_or_of_the_district(world, at, unit):
    flag, other = appealed(world, at, measure="call"), officer(world, unit)
    with pytest.raises(Refused):
        placed(world, at)

    with heard() as told:
        flag = overturn(flag, other, at)

    assert (flag.state, flag.ends_at, flag.answer.open()) == ("overturned", at, ANSWER)
    moved = {"from": "appealed", "to": "overturned"}
    assert last(flag) == step("overturned", other, at, **moved)
    assert told == [("flag_decided", world.aunt_wang.pk)]
    assert placed(world, at).state == "placed"


def test_not_by_who_reviewed_it_nor_by_who_said_it(world, at):
    flag = appealed(world, at)

    with refused("another_person", "另一位同志"):
        overturn(flag, world.by.zhou, at)
    with refused("not_your_post", "街道或区里"):
        overturn(flag, world.by.sun, at)


def test_only_what_was_appealed_against(world, at):
    flag = upheld(world, at)

    with refused("wrong_state", "没有要定"):
        overturn(flag, officer(world), at)


def test_the_page(world, at, browser):
    flag = appealed(world, at)
    world.wu = officer(world)
    other = browser()
    other.client.force_login(flag.order.author.__class__.objects.get(pk=world.wu.person_id))

    assert "不能再定申诉" in browser("zhou").get(f"{flag.code}/").text
    assert browser("zhou").send(f"{flag.code}/overturn", words=ANSWER).status_code == 409
    assert other.send(f"{flag.code}/overturn", words="").status_code == 422
    assert other.send(f"{flag.code}/overturn", words=ANSWER).status_code == 302
    assert other.send(f"{flag.code}/overturn", words=ANSWER).status_code == 409
    assert ANSWER in browser("aunt_wang").get(f"{flag.order.code}/appeal").text
