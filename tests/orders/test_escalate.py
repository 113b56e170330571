"""上报街道: a matter beyond the community's reach goes up."""

import pytest

from tests.orders.door import assert_kept, assert_late, assert_sent_to, assert_shut
from tests.orders.stories import dispatched, escalated, placed, received
from tests.orders.traces import heard, last, refused, step
from yizhan.orders import operations

WHY = "要挖路，社区办不了"


def escalate(order, by, at):
    return operations.escalate(order=order, reason=WHY, by=by, at=at)


def test_the_secretary_passes_it_up(world, at):
    order = received(world, at)

    with heard() as told:
        order = escalate(order, world.by.ma, at)

    assert (order.state, order.at_street) == ("escalated", True)
    moved = {"from": "received", "to": "escalated"}
    assert last(order) == step("escalated", world.by.ma, at, words=WHY, **moved)
    assert told == sorted(
        [("order_escalated", world.aunt_wang.pk), ("order_for_street", world.zhou.pk)]
    )


@pytest.mark.parametrize("who", ["sun", "zhou", "liu", "chen", "aunt_wang", "feng"])
def test_nobody_else_does(world, at, who):
    order = received(world, at)

    with refused("not_your_post", "上报街道由社区书记来做"):
        escalate(order, getattr(world.by, who), at)


@pytest.mark.parametrize("story", [placed, dispatched, escalated])
def test_only_what_waits_in_the_community(world, at, story):
    order = story(world, at)

    with refused("wrong_state", "受理之后、派出之前才能上报"):
        escalate(order, world.by.ma, at)


def test_from_then_on_the_street_dispatches(world, at):
    order, unit = escalated(world, at), world.units["B1"]
    given = {"unit": unit, "pool": True, "at": at}

    with refused("at_street", "由街道来派"):
        operations.dispatch(order=order, by=world.by.sun, **given)
    with refused("at_street", "由街道来答复"):
        operations.turn_away(order=order, words="请到别处", by=world.by.sun, at=at)
    assert operations.dispatch(order=order, by=world.by.zhou, **given).state == "dispatched"


def test_what_a_unit_sends_back_comes_to_the_street_again(world, at):
    order = operations.dispatch(
        order=escalated(world, at), unit=world.units["B1"], pool=True, by=world.by.zhou, at=at
    )

    order = operations.send_back(order=order, reason="没有梯子", by=world.by.liu, at=at)
    assert order.state == "escalated"
    asked = operations.ask(order=order, question="几楼？", by=world.by.zhou, at=at)
    back = operations.answer(order=asked, words="二楼", by=world.by.aunt_wang, at=at)
    assert back.state == "escalated"


def test_whoever_passed_it_up_takes_it_back(world, at):
    order = operations.undo(order=escalated(world, at), by=world.by.ma, at=at)

    assert (order.state, order.at_street) == ("received", False)


def test_a_plain_form(world, at, door):
    order = received(world, at)

    assert_sent_to(door("ma").send("escalate", order, reason=WHY), f"/orders/{order.code}/")
    order.refresh_from_db()
    assert order.state == "escalated"


def test_the_reason_is_for_offices(world, at, door):
    order = escalated(world, at)

    assert WHY in door("zhou").get("show", order).text
    told = door("aunt_wang").get("show", order).text
    assert WHY not in told
    assert "已报到街道" in told


def test_a_reason_is_needed(world, at, door):
    assert_kept(door("ma").send("escalate", received(world, at), reason=""), "请写一句上报的原因")


def test_outside(world, at, door):
    assert_shut(door, "escalate", received(world, at), reason=WHY)


def test_late(world, at, door):
    answer = door("ma").send("escalate", dispatched(world, at), reason=WHY)

    assert_late(answer, "受理之后、派出之前才能上报")
