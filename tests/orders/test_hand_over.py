"""转交: a colleague is asked; until they accept, it stays where it is."""

import pytest

from tests.orders.door import assert_fragment, assert_kept, assert_late, assert_sent_to, assert_shut
from tests.orders.stories import accepted, dispatched, finished, handing_over, invited
from tests.orders.traces import heard, kinds, last, refused, step
from yizhan.orders import operations, whom
from yizhan.orders.models import Invitation, Order


def hand_over(order, to, by, at):
    return operations.hand_over(order=order, to=to, by=by, at=at)


def test_the_colleague_is_asked(world, at):
    order = accepted(world, at)

    with heard() as told:
        order = hand_over(order, world.he, world.by.chen, at)

    assert (order.state, order.handler, order.version) == ("accepted", world.chen, 3)
    assert kinds(order) == ["placed", "dispatched", "accepted"]
    asked = Invitation.objects.get()
    assert (asked.person, asked.state, asked.is_hand_over) == (world.he, "sent", True)
    facts = {"order": order.pk, "person": world.he.pk}
    assert last(asked) == step("invited", world.by.chen, at, **facts)
    assert told == [("order_handing_over", world.he.pk)]


def test_the_colleague_takes_it_and_the_first_is_free(world, at):
    order = operations.accept(order=handing_over(world, at), by=world.by.he, at=at)

    assert (order.state, order.handler) == ("accepted", world.he)
    assert not Order.objects.visible_to(world.by.chen, at).exists()
    with refused("not_handler", "只有承办人可以办结"):
        operations.finish(order=order, result="好了", by=world.by.chen, at=at)


def test_the_colleague_says_no_and_it_stays(world, at):
    order = handing_over(world, at)
    operations.decline(order=order, by=world.by.he, at=at)

    assert (
        operations.finish(order=order, result="好了", by=world.by.chen, at=at).state == "finished"
    )


def test_it_lapses_when_the_first_finishes_after_all(world, at):
    order = handing_over(world, at)
    operations.finish(order=order, result="好了", by=world.by.chen, at=at)

    assert Invitation.objects.get().state == "lapsed"
    assert not Order.objects.offered_to(world.by.he).exists()


def test_an_old_invitation_offers_nothing_in_the_next_round(world, at):
    order = handing_over(world, at)
    operations.finish(order=order, result="好了", by=world.by.chen, at=at)
    operations.reopen(order=order, reason="又坏了", by=world.by.aunt_wang, at=at)
    order = operations.dispatch(
        order=order, unit=world.units["B1"], pool=False, by=world.by.sun, at=at
    )

    assert not Order.objects.offered_to(world.by.he).exists()
    with refused("not_offered", "派给了别的单位"):
        operations.accept(order=order, by=world.by.he, at=at)


@pytest.mark.parametrize("who", ["aunt_wang", "sun", "liu", "he", "zhou"])
def test_nobody_else_hands_over(world, at, who):
    order = accepted(world, at)

    with refused("not_handler", "只有承办人可以转交"):
        hand_over(order, world.he, getattr(world.by, who), at)


def test_not_when_it_is_done(world, at):
    order = finished(world, at)

    with refused("wrong_state", "这张单子已不在办理中"):
        hand_over(order, world.he, world.by.chen, at)


def test_nobody_is_asked_twice(world, at):
    order = handing_over(world, at)

    with refused("asked_already", "已经邀请过这位同志，请换一位"):
        hand_over(order, world.he, world.by.chen, at)


def test_who_said_no_to_the_invitation_is_not_asked_again(world, at):
    order = invited(world, at, world.chen, world.he)
    operations.decline(order=order, by=world.by.he, at=at)
    operations.accept(order=order, by=world.by.chen, at=at)

    with refused("asked_already", "已经邀请过这位同志，请换一位"):
        hand_over(order, world.he, world.by.chen, at)


@pytest.mark.parametrize("who", ["chen", "zhao", "aunt_wang", "anju", "sun"])
def test_only_to_a_colleague_of_the_unit(world, at, who):
    order = accepted(world, at)

    with refused("not_of_unit", "不在承办单位"):
        hand_over(order, getattr(world, who), world.by.chen, at)


def test_colleagues_are_the_others_of_the_unit(world, at):
    order = accepted(world, at)

    found = whom.colleagues(order, world.by.chen, at.date())
    assert {post.person for post in found} == {world.liu, world.he}


def test_a_plain_form(world, at, door):
    order = accepted(world, at)
    answer = door("chen").send("hand_over", order, to=world.he.code)

    assert_sent_to(answer, f"/orders/{order.code}/")
    assert Invitation.objects.get().person == world.he


def test_htmx(world, at, door):
    answer = door("chen").send("hand_over", accepted(world, at), htmx=True, to=world.he.code)

    assert_fragment(answer, "已请同事接手，接手之前仍由您办")


def test_the_colleague_takes_it_on_the_page(world, at, door):
    order, colleague = handing_over(world, at), door("he")

    assert "三单元的楼道灯不亮" not in colleague.get("offer", order).text
    assert_sent_to(colleague.send("accept", order), f"/orders/{order.code}/")
    assert "三单元的楼道灯不亮" in colleague.get("show", order).text
    assert door("chen").get("show", order).status_code == 404


def test_outside(world, at, door):
    assert_shut(door, "hand_over", dispatched(world, at), to=world.he.code)


def test_late(world, at, door):
    answer = door("chen").send("hand_over", finished(world, at), to=world.he.code)

    assert_late(answer, "这张单子已不在办理中")


def test_somebody_must_be_chosen(world, at, door):
    assert_kept(door("chen").send("hand_over", accepted(world, at)), "请选一位同事")
