"""答复督办单: the unit writes why, and until when."""

import pytest

from tests.ladder.conftest import supervised
from tests.ladder.test_issue import NOW, issued
from tests.orders.clockwork import moment
from tests.orders.traces import heard, last, refused, step
from yizhan.ladder import operations

SAID = "零件缺货，周五装好"
LATER = moment("2026-12-03 09:00")


def answered(world, by=None, sheet=None):
    given = sheet or issued(world)
    return operations.answer(supervision=given, words=SAID, by=by or world.by.liu, at=LATER)


def test_the_unit_answers(world):
    sheet = issued(world)

    with heard() as told:
        sheet = answered(world, sheet=sheet)

    assert (sheet.state, sheet.answer.open(), sheet.answered_by) == ("answered", SAID, world.liu)
    moved = {"from": "issued", "to": "answered"}
    assert last(sheet) == step("answered", world.by.liu, LATER, **moved)
    assert told == [("supervision_answered", world.zhou.pk)]


@pytest.mark.parametrize("who", ["sun", "zhou", "chen", "anju", "aunt_wang"])
def test_nobody_else(world, who):
    sheet = issued(world)

    with refused("not_your_post", "由收到的单位来答复"):
        answered(world, getattr(world.by, who), sheet)


def test_not_before_it_is_issued_and_once(world):
    sheet = supervised(world)
    with refused("wrong_state", "不在等答复"):
        answered(world, sheet=sheet)
    sheet = answered(world)
    with refused("wrong_state", "不在等答复"):
        answered(world, sheet=sheet)


def test_the_page(world, browser):
    sheet = issued(world)
    unit, path = browser("liu", NOW), f"supervisions/{sheet.code}/"

    assert sheet.number in unit.get("desk").text
    assert "为什么超时，什么时候办好" in unit.get(path + "supervision").text
    assert unit.send(path + "answer", words="").status_code == 422
    assert unit.send(path + "answer", words=SAID).status_code == 302
    assert unit.send(path + "answer", words=SAID).status_code == 409
    assert SAID in unit.get(path + "sheet").text
    assert browser("anju", NOW).get(path + "supervision").status_code == 404


def test_a_day_after_the_date_it_says_so(world, browser):
    sheet = issued(world)
    page = browser("zhou", moment("2026-12-08 09:00")).get(f"supervisions/{sheet.code}/supervision")
    assert "已过期" in page.text
