"""接单: invited, from the pool, or refused."""

import pytest

from tests.orders.stories import dispatched, placed
from yizhan.base.models import Notice
from yizhan.base.verdict import Refused
from yizhan.orders import operations
from yizhan.orders.models import Invitation


def test_a_member_of_the_branch_takes_it_from_the_pool(world, at):
    order = dispatched(world, at)

    order = operations.accept(order=order, by=world.by.chen, at=at)

    assert (order.state, order.handler) == ("accepted", world.chen)
    assert [step.kind for step in order.steps] == ["placed", "dispatched", "accepted"]
    last = order.steps.last()
    assert (last.actor, last.post_id, last.at) == (world.chen, world.by.chen.post_id, at)
    told = Notice.objects.filter(kind="order_accepted")
    assert [notice.to for notice in told] == [world.aunt_wang]


def test_an_invited_person_takes_it_and_the_other_invitations_lapse(world, at):
    order = dispatched(world, at, pool=False)
    operations.invite(order=order, people=[world.chen, world.he], by=world.by.sun, at=at)

    operations.accept(order=order, by=world.by.he, at=at)

    states = dict(Invitation.objects.values_list("person", "state"))
    assert states == {world.chen.pk: "lapsed", world.he.pk: "accepted"}


def test_another_branch_is_refused(world, at):
    order = dispatched(world, at)

    with pytest.raises(Refused, match="派给了别的单位") as refused:
        operations.accept(order=order, by=world.by.zhao, at=at)

    assert refused.value.code == "not_offered"
    order.refresh_from_db()
    assert order.state == "dispatched"


def test_the_second_taker_is_told_it_is_gone(world, at):
    order = dispatched(world, at)
    operations.accept(order=order, by=world.by.chen, at=at)

    with pytest.raises(Refused, match="已经有人接了"):
        operations.accept(order=order, by=world.by.he, at=at)


def test_nobody_takes_more_than_three(world, at):
    for _ in range(3):
        operations.accept(order=dispatched(world, at), by=world.by.chen, at=at)

    with pytest.raises(Refused, match="手上已有 3 件"):
        operations.accept(order=dispatched(world, at), by=world.by.chen, at=at)


def test_a_visit_gets_a_word_for_the_door(world, at):
    order = operations.accept(order=dispatched(world, at), by=world.by.chen, at=at)

    assert len(order.door_word) == 4
    assert order.door_word.isdigit()


def test_before_dispatch_there_is_nothing_to_take(world, at):
    with pytest.raises(Refused, match="已经有人接了"):
        operations.accept(order=placed(world, at), by=world.by.chen, at=at)
