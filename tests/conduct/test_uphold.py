"""成立: a second person, one measure of the closed list, with its end; the person is told."""

from datetime import timedelta

import pytest

from tests.conduct.conftest import DECISION, flagged, officer, ruling, upheld
from tests.orders.stories import anonymous, holder, placed
from tests.orders.traces import heard, last, refused, step
from yizhan.conduct import operations
from yizhan.orders import cases

FIELDS = {"measure": "call", "days": "7", "words": DECISION}


def uphold(flag, by, at, **more):
    return operations.uphold(flag=flag, ruling=ruling(**more), by=by, at=at)


@pytest.mark.parametrize(
    ("measure", "per_day", "kept"), [("limit", 2, 2), ("status", 2, None), ("call", None, None)]
)
def test_one_measure_with_its_end(world, at, measure, per_day, kept):
    flag = flagged(world, at)

    with heard() as told:
        flag = uphold(flag, world.by.zhou, at, measure=measure, per_day=per_day, days=30)

    assert (flag.state, flag.measure, flag.per_day) == ("upheld", measure, kept)
    assert (flag.begins_at, flag.ends_at) == (at, at + timedelta(days=30))
    assert (flag.reviewed_by, flag.decision.open()) == (world.zhou, DECISION)
    facts = {"from": "raised", "to": "upheld", "measure": measure, "days": 30, "per_day": kept}
    assert last(flag) == step("upheld", world.by.zhou, at, **facts)
    assert told == [("flag_upheld", world.aunt_wang.pk)]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"days": 31}, "too_long"),
        ({"days": 0}, "too_long"),
        ({"measure": "ban"}, "no_measure"),
        ({"measure": ""}, "no_measure"),
        ({"per_day": 0}, "no_number"),
        ({"per_day": 6}, "no_number"),
        ({"per_day": None}, "no_number"),
    ],
)
def test_nothing_beyond_the_list(world, at, more, code):
    flag = flagged(world, at)

    with refused(code, "请|最长"):
        uphold(flag, world.by.zhou, at, **more)


def test_who_said_it_is_not_the_second(world, at):
    flag = flagged(world, at, by=world.by.zhou)

    with refused("second_person", "另一位同志"):
        uphold(flag, world.by.zhou, at)
    assert uphold(flag, officer(world), at).state == "upheld"


@pytest.mark.parametrize("who", ["sun", "ma", "liu", "chen", "aunt_wang", "feng"])
def test_only_the_street(world, at, who):
    flag = flagged(world, at)

    with refused("not_your_post", "街道"):
        uphold(flag, getattr(world.by, who), at)


def test_not_twice(world, at):
    flag = upheld(world, at)

    with refused("wrong_state", "没有要复核"):
        uphold(flag, officer(world), at)


def test_without_an_account_it_is_told_by_the_receipt(world, at, browser):
    order = anonymous(world, at)
    with heard() as told:
        upheld(world, at, order)

    assert ("flag_upheld", "13800000001") in told
    (card,) = cases.cards(order, holder(order), at)
    assert card.url == f"/conduct/{order.receipt_code}/appeal"
    text = browser().get(f"{order.receipt_code}/appeal").text
    assert DECISION in text
    assert "一天最多点 1 件" in text
    assert "周" not in text


def test_the_page(world, at, browser):
    flag, street = flagged(world, at, placed(world, at)), browser("zhou")
    path = f"{flag.code}/uphold"

    assert street.send(path, **(FIELDS | {"words": ""})).status_code == 422
    assert street.send(path, **(FIELDS | {"days": "31"})).status_code == 422
    assert street.send(path, **(FIELDS | {"measure": "limit", "per_day": ""})).status_code == 409
    assert street.send(path, **FIELDS).status_code == 302
    assert street.send(path, **FIELDS).status_code == 409
    assert browser("sun").send(path, **FIELDS).status_code == 409
    assert "办法期内" in street.get("desk").text
