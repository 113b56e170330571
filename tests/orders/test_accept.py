"""接单: invited, from the pool, over from a colleague, or refused."""

import pytest

from tests.orders.door import (
    OUTSIDERS,
    assert_fragment,
    assert_late,
    assert_sent_to,
    assert_shut,
)
from tests.orders.stories import accepted, anonymous, dispatched, handing_over, invited, placed
from tests.orders.traces import heard, kinds, last, refused, step
from tests.world import wish
from yizhan.orders import operations
from yizhan.orders.models import Invitation
from yizhan.routing.models import Category


def accept(order, by, at):
    return operations.accept(order=order, by=by, at=at)


def states():
    return dict(Invitation.objects.values_list("person", "state"))


def test_a_member_of_the_branch_takes_it_from_the_pool(world, at):
    order = dispatched(world, at)

    with heard() as told:
        order = accept(order, world.by.chen, at)

    assert (order.state, order.handler, order.version) == ("accepted", world.chen, 3)
    assert kinds(order) == ["placed", "dispatched", "accepted"]
    moved = {"from": "dispatched", "to": "accepted"}
    assert last(order) == step("accepted", world.by.chen, at, **moved)
    assert told == [("order_accepted", world.aunt_wang.pk)]
    assert not Invitation.objects.exists()


def test_the_branch_secretary_may_take_it_too(world, at):
    assert accept(dispatched(world, at), world.by.liu, at).handler == world.liu


def test_who_has_no_account_is_told_by_telephone(world, at):
    order = anonymous(world, at)
    order = operations.dispatch(
        order=order, unit=world.units["B1"], pool=True, by=world.by.sun, at=at
    )

    with heard() as told:
        accept(order, world.by.chen, at)
    assert told == [("order_accepted", "13800000001")]


def test_an_invited_person_takes_it_and_the_other_invitations_lapse(world, at):
    order = invited(world, at, world.chen, world.he)

    order = accept(order, world.by.he, at)

    assert (order.state, order.handler) == ("accepted", world.he)
    assert states() == {world.chen.pk: "lapsed", world.he.pk: "accepted"}
    for invitation in Invitation.objects.all():
        moved = {"from": "sent", "to": invitation.state}
        assert last(invitation) == step(invitation.state, world.by.he, at, **moved)


def test_a_decline_stays_a_decline_when_somebody_else_takes_it(world, at):
    order = invited(world, at, world.chen, world.he)
    operations.decline(order=order, by=world.by.chen, at=at)

    accept(order, world.by.he, at)
    assert states() == {world.chen.pk: "declined", world.he.pk: "accepted"}


def test_taking_over_changes_the_handler_and_not_the_state(world, at):
    order = handing_over(world, at)
    word = order.door_word

    with heard() as told:
        order = accept(order, world.by.he, at)

    assert (order.state, order.handler, order.version) == ("accepted", world.he, 4)
    assert last(order) == step("handed_over", world.by.he, at, before=world.chen.pk)
    assert states() == {world.he.pk: "accepted"}
    assert told == [
        ("order_accepted", world.aunt_wang.pk),
        ("order_taken_over", world.chen.pk),
    ]
    assert len(order.door_word) == len(word) == 4


def test_a_visit_gets_a_word_for_the_door(world, at):
    order = accepted(world, at)

    assert len(order.door_word) == 4
    assert order.door_word.isdigit()


def test_what_needs_no_visit_gets_none(world, at):
    order = dispatched(world, at, category=Category.objects.get(code="facility_light"))

    assert accept(order, world.by.chen, at).door_word == ""


def test_another_branch_is_refused(world, at):
    order = dispatched(world, at)

    with refused("not_offered", "派给了别的单位"):
        accept(order, world.by.zhao, at)


def test_without_pool_or_invitation_the_own_branch_is_refused_too(world, at):
    order = invited(world, at, world.he)

    with refused("not_offered", "派给了别的单位"):
        accept(order, world.by.chen, at)


@pytest.mark.parametrize("who", ["aunt_wang", "qian", "zhou"])
def test_posts_without_the_power_are_refused(world, at, who):
    order = dispatched(world, at)

    with refused("not_your_post", "才能接单"):
        accept(order, getattr(world.by, who), at)


def test_nobody_takes_their_own(world, at):
    order = operations.place(wish=wish(world), by=world.by.he, at=at)
    order = operations.dispatch(
        order=order, unit=world.units["B1"], pool=True, by=world.by.sun, at=at
    )

    with refused("own_order", "自己的单子请留给别人接"):
        accept(order, world.by.he, at)


def test_the_second_taker_is_told_it_is_gone(world, at):
    order = accepted(world, at)

    with refused("taken", "已经有人接了"):
        accept(order, world.by.he, at)


def test_nobody_takes_more_than_three(world, at):
    for _ in range(3):
        accepted(world, at)
    order = dispatched(world, at)

    with refused("enough_in_hand", "手上已有 3 件"):
        accept(order, world.by.chen, at)


def test_nobody_takes_over_more_than_three_either(world, at):
    for _ in range(3):
        accept(dispatched(world, at), world.by.he, at)
    order = handing_over(world, at)

    with refused("enough_in_hand", "手上已有 3 件"):
        accept(order, world.by.he, at)


def test_before_dispatch_there_is_nothing_to_take(world, at):
    order = placed(world, at)

    with refused("taken", "已经有人接了"):
        accept(order, world.by.chen, at)


def test_a_plain_form(world, at, door):
    order = dispatched(world, at)

    assert_sent_to(door("chen").send("accept", order), f"/orders/{order.code}/")
    order.refresh_from_db()
    assert (order.state, order.handler) == ("accepted", world.chen)


def test_htmx_now_shows_what_was_hidden(world, at, door):
    answer = door("chen").send("accept", dispatched(world, at), htmx=True)

    assert_fragment(answer, "接单成功，已告诉点单人", "三单元的楼道灯不亮", "3 号楼 201")


def test_outside(world, at, door):
    assert_shut(door, "accept", dispatched(world, at))
    assert_shut(door, "accept", placed(world, at))


@pytest.mark.parametrize("htmx", [False, True])
def test_late_the_member_of_the_branch_is_told_it_is_gone(world, at, door, htmx):
    answer = door("he").send("accept", accepted(world, at), htmx=htmx)

    assert (answer.status_code, "这张单子已经有人接了" in answer.text) == (409, True)
    assert "三单元的楼道灯不亮" not in answer.text


def test_late_the_invited_person_is_told_it_is_gone(world, at, door):
    order = invited(world, at, world.chen, world.he)
    accept(order, world.by.he, at)

    assert_late(door("chen").send("accept", order), "这张单子已经有人接了")


def test_three_in_hand_is_said_on_the_page(world, at, door):
    for _ in range(3):
        accepted(world, at)

    assert_late(door("chen").send("accept", dispatched(world, at)), "您手上已有 3 件")


def test_a_double_tap_takes_it_once(world, at, door):
    order, member = dispatched(world, at), door("chen")
    for _ in range(2):
        assert_sent_to(member.send("accept", order, command_id="tap"), f"/orders/{order.code}/")

    assert kinds(order).count("accepted") == 1


def test_outsiders_are_those_we_think(world):
    assert {world.by.zhao.unit_path, world.by.anju.unit_path}.isdisjoint({world.by.chen.unit_path})
    assert set(OUTSIDERS).isdisjoint({"sun", "ma", "liu", "chen", "he", "aunt_wang", "zhou"})
