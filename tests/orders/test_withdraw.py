"""撤回: as long as nobody is on the way."""

import pytest

from tests.orders.door import assert_fragment, assert_late, assert_sent_to, assert_shut
from tests.orders.stories import (
    accepted,
    anonymous,
    asked,
    dispatched,
    finished,
    holder,
    invited,
    placed,
    withdrawn,
)
from tests.orders.traces import heard, last, refused, step
from yizhan.orders import operations
from yizhan.orders.models import Invitation, Order


def withdraw(order, by, at, reason="自己换好了"):
    return operations.withdraw(order=order, reason=reason, by=by, at=at)


@pytest.mark.parametrize("story", [placed, asked])
def test_the_resident_does_not_need_it_any_more(world, at, story):
    order = story(world, at)
    before, version = order.state, order.version

    with heard() as told:
        order = withdraw(order, world.by.aunt_wang, at)

    assert (order.state, order.version) == ("withdrawn", version + 1)
    moved = {"from": before, "to": "withdrawn"}
    assert last(order) == step("withdrawn", world.by.aunt_wang, at, words="自己换好了", **moved)
    assert told == sorted([("order_withdrawn", world.sun.pk), ("order_withdrawn", world.ma.pk)])


def test_after_dispatch_the_unit_is_told_too_and_invitations_lapse(world, at):
    order = invited(world, at)

    with heard() as told:
        withdraw(order, world.by.aunt_wang, at)

    people = {world.sun.pk, world.ma.pk, world.liu.pk}
    assert told == sorted(("order_withdrawn", pk) for pk in people)
    assert Invitation.objects.get().state == "lapsed"
    assert not Order.objects.offered_to(world.by.chen).exists()


def test_not_while_the_handler_waits_for_an_answer(world, at):
    order = operations.ask(order=accepted(world, at), question="几楼？", by=world.by.chen, at=at)

    with refused("too_late", "已经有人在办，不能撤回了"):
        withdraw(order, world.by.aunt_wang, at)


def test_no_reason_is_needed(world, at):
    order = withdraw(placed(world, at), world.by.aunt_wang, at, reason="")

    assert order.steps.last().remark is None


def test_the_receipt_is_enough(world, at):
    order = anonymous(world, at)

    assert withdraw(order, holder(order), at).state == "withdrawn"


@pytest.mark.parametrize("who", ["grandpa_li", "chen", "sun", "ma", "liu", "zhou"])
def test_nobody_else_withdraws(world, at, who):
    order = dispatched(world, at)

    with refused("not_asker", "只有点单人可以撤回"):
        withdraw(order, getattr(world.by, who), at)


@pytest.mark.parametrize("story", [accepted, finished, withdrawn])
def test_too_late(world, at, story):
    order = story(world, at)

    with refused("too_late", "已经有人在办，不能撤回了"):
        withdraw(order, world.by.aunt_wang, at)


def test_a_plain_form(world, at, door):
    order = placed(world, at)

    assert_sent_to(door("aunt_wang").send("withdraw", order), f"/orders/{order.code}/")
    order.refresh_from_db()
    assert order.state == "withdrawn"


def test_by_receipt_without_login(world, at, door):
    receipt = anonymous(world, at).receipt_code

    assert_sent_to(door().send("withdraw", receipt), f"/orders/{receipt}/")


def test_htmx(world, at, door):
    answer = door("aunt_wang").send("withdraw", placed(world, at), htmx=True, reason="不用了")

    assert_fragment(answer, "已撤回，不再办理")


def test_outside(world, at, door):
    assert_shut(door, "withdraw", placed(world, at))


def test_late(world, at, door):
    answer = door("aunt_wang").send("withdraw", accepted(world, at))

    assert_late(answer, "已经有人在办，不能撤回了")


def test_a_reason_too_long_is_pointed_out(world, at, door):
    answer = door("aunt_wang").send("withdraw", placed(world, at), reason="长" * 201)

    assert answer.status_code == 422
    assert "长" * 201 in answer.text
