"""整改: looked into by somebody else, by a day; whoever rated hears of it, the handler does not."""

import pytest

from tests.callbacks.conftest import WORSE, opened
from tests.orders.traces import heard, last, refused, step
from yizhan.callbacks import operations
from yizhan.callbacks.models import Rectification
from yizhan.clocks.calendar import add_working
from yizhan.orders.models import Order
from yizhan.regions.district import profile

WORDS = "重新换了灯，墙也刷过"


def rectify(rectification, by, at):
    return operations.rectify(rectification=rectification, words=WORDS, by=by, at=at)


@pytest.mark.parametrize("who", ["sun", "ma", "zhou"])
def test_it_is_put_right(world, at, who):
    case, by = opened(world, at), getattr(world.by, who)
    assert case.due_at == add_working(at, days=15, office_hours=profile().office_hours)

    with heard() as told:
        case = rectify(case, by, at)

    assert (case.state, case.reviewer_id, case.ended_at) == ("rectified", by.person_id, at)
    moved = {"from": "open", "to": "rectified"}
    assert last(case) == step("rectified", by, at, words=WORDS, **moved)
    assert told == [("rectification_done", world.aunt_wang.pk)]


def test_never_by_who_did_the_work(world, at):
    case = opened(world, at)
    Order.objects.filter(pk=case.order_id).update(handler=world.sun)

    with refused("own_work", "没有经办"):
        rectify(case, world.by.sun, at)
    assert not Rectification.objects.visible_to(world.by.sun).exists()


@pytest.mark.parametrize("who", ["liu", "feng"])
def test_nobody_outside(world, at, who):
    case = opened(world, at)

    with refused("not_your_post", "社区或街道"):
        rectify(case, getattr(world.by, who), at)


def test_not_twice(world, at):
    case = rectify(opened(world, at), world.by.sun, at)

    with refused("wrong_state", "已经办过了"):
        rectify(case, world.by.ma, at)


def test_by_the_page(world, at, browser):
    case, clerk = opened(world, at), browser("sun")
    path = case.get_absolute_url()

    assert WORSE in clerk.get(path).text
    assert clerk.send(f"{path}rectify", words="").status_code == 422
    assert clerk.send(f"{path}rectify", words=WORDS).status_code == 302
    assert clerk.send(f"{path}rectify", words=WORDS).status_code == 409
    assert "整改" in clerk.get(f"/orders/{case.order.code}/").text


@pytest.mark.parametrize("who", ["chen", "liu", "feng", "aunt_wang", "anju"])
def test_the_handler_and_everybody_outside_learn_nothing(world, at, browser, who):
    case = opened(world, at)

    assert browser(who).get(case.get_absolute_url()).status_code == 404
    if who == "chen":
        page = browser(who).get(f"/orders/{case.order.code}/").text
        assert "整改" not in page
        assert "回访" not in page
        assert WORSE not in page
