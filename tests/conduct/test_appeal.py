"""申诉: once, with or without an account; somebody else decides within five working days."""

from datetime import timedelta

import pytest

from tests.conduct.conftest import APPEAL, appealed, flagged, officer, upheld
from tests.orders.stories import anonymous, holder, placed
from tests.orders.traces import heard, last, refused
from yizhan.base.verdict import Refused
from yizhan.conduct import operations


def appeal(flag, by, at):
    return operations.appeal(flag=flag, words=APPEAL, by=by, at=at)


def test_others_of_the_street_are_told(world, at):
    other = officer(world)
    flag = upheld(world, at)

    with heard() as told:
        flag = appeal(flag, world.by.aunt_wang, at)

    assert (flag.state, flag.appeal.open(), flag.appealed_at) == ("appealed", APPEAL, at)
    assert flag.appeal_by.date().isoformat() == "2026-11-27"
    assert last(flag)["facts"] == {"from": "upheld", "to": "appealed"}
    assert told == [("flag_appealed", other.person_id)]


def test_the_measure_stops_when_the_answer_is_late(world, at):
    flag = appealed(world, at, measure="call", days=30)

    with pytest.raises(Refused):
        placed(world, flag.appeal_by - timedelta(minutes=1))
    assert placed(world, flag.appeal_by + timedelta(minutes=1)).state == "placed"


def test_once(world, at):
    flag = appealed(world, at)

    with refused("wrong_state", "已经申诉过"):
        appeal(flag, world.by.aunt_wang, at)
    flag = operations.sustain(flag=flag, words="看过了", by=officer(world), at=at)
    with refused("wrong_state", "没有可以申诉"):
        appeal(flag, world.by.aunt_wang, at)


@pytest.mark.parametrize("who", ["grandpa_li", "sun", "zhou", "chen", "feng"])
def test_nobody_else_does(world, at, who):
    flag = upheld(world, at)

    with refused("not_asker", "点单人"):
        appeal(flag, getattr(world.by, who), at)


def test_nothing_to_appeal_against_before_it_is_upheld(world, at, browser):
    flag = flagged(world, at)

    with refused("wrong_state", "没有可以申诉"):
        appeal(flag, world.by.aunt_wang, at)
    assert browser("aunt_wang").get(f"{flag.order.code}/appeal").status_code == 404


def test_by_the_receipt_without_an_account(world, at, browser):
    order = anonymous(world, at)
    flag = upheld(world, at, order)
    path = f"{order.receipt_code}/appeal"

    assert "可以申诉" in browser().get(path).text
    assert browser().send(path, words="").status_code == 422
    assert browser().send(path, words=APPEAL).status_code == 302
    flag.refresh_from_db()
    assert (flag.state, flag.appeal.open()) == ("appealed", APPEAL)
    assert browser().send(path, words=APPEAL).status_code == 409
    assert APPEAL in browser().get(path).text


def test_with_the_receipt_of_another_order(world, at):
    flag, other = upheld(world, at, anonymous(world, at)), anonymous(world, at, contact_phone="")

    with refused("not_asker", "点单人"):
        appeal(flag, holder(other), at)


@pytest.mark.parametrize("who", ["grandpa_li", "sun", "chen", "feng"])
def test_outside(world, at, browser, who):
    flag = upheld(world, at)

    assert browser(who).get(f"{flag.order.code}/appeal").status_code == 404
    assert browser(who).send(f"{flag.order.code}/appeal", words=APPEAL).status_code == 404
