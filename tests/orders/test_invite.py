"""邀请: a person is asked, never assigned."""

import pytest

from tests.orders.door import assert_fragment, assert_kept, assert_late, assert_sent_to, assert_shut
from tests.orders.stories import accepted, dispatched, invited, placed
from tests.orders.traces import heard, kinds, last, refused, step
from tests.world import wish
from yizhan.orders import operations, whom
from yizhan.orders.models import Invitation


def invite(order, people, by, at):
    return operations.invite(order=order, people=people, by=by, at=at)


@pytest.mark.parametrize("who", ["sun", "ma", "liu"])
def test_two_are_asked(world, at, who):
    order, by = dispatched(world, at, pool=False), getattr(world.by, who)

    with heard() as told:
        order = invite(order, [world.chen, world.he], by, at)

    assert (order.state, order.version, order.handler) == ("dispatched", 2, None)
    asked = list(Invitation.objects.order_by("pk"))
    assert [(one.person, one.state, one.round, one.is_hand_over, one.at) for one in asked] == [
        (world.chen, "sent", 1, False, at),
        (world.he, "sent", 1, False, at),
    ]
    assert kinds(order) == ["placed", "dispatched"]
    facts = {"order": order.pk, "person": world.chen.pk}
    assert last(asked[0]) == step("invited", by, at, **facts)
    assert told == sorted([("order_invited", world.chen.pk), ("order_invited", world.he.pk)])


@pytest.mark.parametrize("who", ["aunt_wang", "chen", "zhou", "qian", "feng", "zhao"])
def test_nobody_else_invites(world, at, who):
    order = dispatched(world, at)

    with refused("not_your_post", "邀请由社区或承办单位发出"):
        invite(order, [world.chen], getattr(world.by, who), at)


@pytest.mark.parametrize("story", [placed, accepted])
def test_only_between_dispatch_and_acceptance(world, at, story):
    order = story(world, at)

    with refused("wrong_state", "派单之后、有人接单之前"):
        invite(order, [world.he], world.by.sun, at)


@pytest.mark.parametrize("answer", ["none", "declined", "lapsed"])
def test_nobody_is_asked_twice_whatever_they_answered(world, at, answer):
    order = invited(world, at)
    if answer == "declined":
        operations.decline(order=order, by=world.by.chen, at=at)
    if answer == "lapsed":
        operations.invite(order=order, people=[world.he], by=world.by.sun, at=at)
        operations.accept(order=order, by=world.by.he, at=at)
        operations.send_back(order=order, reason="没空", by=world.by.he, at=at)

    with refused("asked_already", "里面有已经邀请过的人，请换一位"):
        invite(order, [world.liu, world.chen], world.by.sun, at)


@pytest.mark.parametrize("who", ["zhao", "aunt_wang", "sun", "feng"])
def test_only_people_of_the_unit_are_asked(world, at, who):
    order = dispatched(world, at)

    with refused("not_of_unit", "不在承办单位"):
        invite(order, [world.chen, getattr(world, who)], world.by.sun, at)


def test_the_asker_is_not_asked_to_do_it(world, at):
    """何秀英 is a member of the branch; her own order is for others."""
    order = operations.place(wish=wish(world), by=world.by.he, at=at)
    order = operations.dispatch(
        order=order, unit=world.units["B1"], pool=False, by=world.by.sun, at=at
    )

    with refused("not_of_unit", "不在承办单位"):
        invite(order, [world.he], world.by.sun, at)
    assert world.he not in [one.post.person for one in whom.candidates(order, at)]


def test_candidates_are_those_of_the_unit_the_least_busy_first(world, at):
    for _ in range(2):
        accepted(world, at)
    order = dispatched(world, at)

    found = whom.candidates(order, at)
    assert [(one.post.person, one.load, one.is_asked) for one in found] == [
        (world.liu, 0, False),
        (world.he, 0, False),
        (world.chen, 2, False),
    ]


def test_who_was_asked_is_marked_and_moves_to_the_end(world, at):
    order = invited(world, at, world.liu)

    found = whom.candidates(order, at)
    assert [(one.post.person, one.is_asked) for one in found] == [
        (world.chen, False),
        (world.he, False),
        (world.liu, True),
    ]


def test_a_plain_form(world, at, door):
    order = dispatched(world, at, pool=False)
    answer = door("sun").send("invite", order, people=[world.chen.code, world.he.code])

    assert_sent_to(answer, f"/orders/{order.code}/")
    assert {one.person for one in Invitation.objects.all()} == {world.chen, world.he}


def test_htmx(world, at, door):
    order = dispatched(world, at, pool=False)
    answer = door("liu").send("invite", order, htmx=True, people=[world.chen.code])

    assert_fragment(answer, "邀请已发出", "已邀请")


def test_outside(world, at, door):
    assert_shut(door, "invite", dispatched(world, at), people=[world.chen.code])


def test_late(world, at, door):
    answer = door("sun").send("invite", accepted(world, at), people=[world.he.code])

    assert_late(answer, "派单之后、有人接单之前，才能发出邀请")


def test_at_least_one_is_needed(world, at, door):
    assert_kept(door("sun").send("invite", dispatched(world, at)), "请至少选一位")


def test_a_double_tap_asks_once(world, at, door):
    order, clerk = dispatched(world, at), door("sun")
    for _ in range(2):
        answer = clerk.send("invite", order, command_id="tap", people=[world.chen.code])
        assert answer.status_code == 302

    assert Invitation.objects.count() == 1
