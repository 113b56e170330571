"""并入: two askers, one matter."""

import pytest

from tests.orders.stories import dispatched, finished, folded, placed, received
from tests.orders.traces import heard, last, refused, step
from tests.world import QIAONAN, wish
from yizhan.orders import operations
from yizhan.orders.models import Order


def other(world, at, **more):
    return operations.place(wish=wish(world, words="楼道黑", **more), by=world.by.grandpa_li, at=at)


def fold_in(order, main, by, at):
    return operations.fold_in(order=order, main=main, by=by, at=at)


@pytest.mark.parametrize("story", [placed, received, dispatched])
def test_one_follows_the_other(world, at, story):
    main, order = story(world, at), other(world, at)

    with heard() as told:
        order = fold_in(order, main, world.by.sun, at)

    main.refresh_from_db()
    assert (order.state, order.main, order.held_from) == ("merged", main, "placed")
    assert main.joined == 1
    moved = {"from": "placed", "to": "merged", "main": main.pk}
    assert last(order) == step("folded_in", world.by.sun, at, **moved)
    assert last(main) == step("joined", world.by.sun, at, order=order.pk)
    assert told == [("order_folded_in", world.grandpa_li.pk)]
    assert order not in Order.objects.open()


def test_who_asks_for_the_same_may_join(world, at):
    main, order = dispatched(world, at), other(world, at)

    assert fold_in(order, main, world.by.grandpa_li, at).state == "merged"


@pytest.mark.parametrize("who", ["aunt_wang", "chen", "liu", "feng"])
def test_nobody_else_merges(world, at, who):
    main, order = received(world, at), other(world, at)

    with refused("not_your_post", "合并由社区工作人员来做"):
        fold_in(order, main, getattr(world.by, who), at)


def test_a_main_order_is_open_and_no_follower_itself(world, at):
    order = other(world, at)

    for main in (finished(world, at), folded(world, at), order):
        with refused("no_main", "只能并入一张还在办"):
            fold_in(order, main, world.by.sun, at)


def test_not_into_another_street(world, at):
    far, order = placed(world, at, region=world.regions[QIAONAN]), other(world, at)

    with refused("far_apart", "不在同一个街道"):
        fold_in(order, far, world.by.sun, at)


def test_not_what_was_given_to_a_unit(world, at):
    main, order = received(world, at), dispatched(world, at)

    with refused("wrong_state", "已经派出或办结"):
        fold_in(order, main, world.by.sun, at)


def test_the_follower_goes_with_its_main(world, at, door):
    told = door("grandpa_li").get("show", folded(world, at)).text

    assert "和同一件事一起办" in told
