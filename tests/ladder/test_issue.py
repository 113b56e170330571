"""签发督办单: a person of the street sends it to the unit, under the next number."""

import pytest

from tests.ladder.conftest import supervised
from tests.orders.clockwork import MONDAY, moment
from tests.orders.traces import heard, last, refused, step
from yizhan.ladder import operations
from yizhan.ladder.models import Supervision
from yizhan.orders import operations as orders

WORDS = "请说明为什么超时，什么时候办好"
NOW = moment("2026-12-02 09:00")


def issued(world, sheet=None, at=NOW):
    given = sheet or supervised(world)
    return operations.issue(supervision=given, words=WORDS, by=world.by.zhou, at=at)


def test_it_goes_to_the_unit(world):
    sheet = supervised(world)

    with heard() as told:
        sheet = issued(world, sheet)

    assert (sheet.state, sheet.number, sheet.words.open()) == ("issued", "2026 年第 1 号", WORDS)
    assert sheet.due_at == moment("2026-12-07 18:00")
    moved = {"from": "proposed", "to": "issued", "number": [2026, 1]}
    assert last(sheet) == step("issued", world.by.zhou, NOW, **moved)
    assert told == [("supervision_issued", world.liu.pk)]


def test_numbers_follow_each_other(world):
    numbers = [issued(world, at=NOW).serial, issued(world).serial]
    assert numbers == [1, 2]


@pytest.mark.parametrize("who", ["sun", "ma", "liu", "chen", "aunt_wang"])
def test_nobody_else(world, who):
    sheet = supervised(world)

    with refused("not_your_post", "由街道或区里来定"):
        operations.issue(supervision=sheet, words=WORDS, by=getattr(world.by, who), at=NOW)


def test_not_twice_and_not_when_it_is_over(world):
    first, second = supervised(world), supervised(world)
    issued(world, first)
    orders.finish(order=second.order, result="好了", by=world.by.chen, at=NOW)

    with refused("wrong_state", "已经有人定过了"):
        issued(world, first)
    with refused("order_over", "不用督办了"):
        issued(world, second)


def test_the_page(world, browser):
    sheet = supervised(world)
    path = f"supervisions/{sheet.code}/"
    street = browser("zhou", NOW)

    assert "签发督办单" in street.get(path + "supervision").text
    assert street.send(path + "issue", words="").status_code == 422
    assert street.send(path + "issue", words=WORDS).status_code == 302
    assert street.send(path + "issue", words=WORDS).status_code == 409
    assert "2026 年第 1 号" in street.get("desk").text
    paper = street.get(path + "sheet").text
    assert WORDS in paper
    assert "第一党支部" in paper
    assert Supervision.objects.get().issued_by == world.zhou
    assert MONDAY < NOW


@pytest.mark.parametrize("who", ["liu", "anju", "zhao", "feng", "chen", "aunt_wang"])
def test_outside_before_it_is_issued(world, browser, who):
    sheet = supervised(world)
    visitor, path = browser(who, NOW), f"supervisions/{sheet.code}/"

    assert visitor.get(path + "supervision").status_code == 404
    assert visitor.get(path + "sheet").status_code == 404
    assert visitor.send(path + "issue", words=WORDS).status_code == 404
