"""The main order is done: whoever asked for the same is told and may rate."""

import pytest

from tests.orders.stories import folded
from tests.orders.traces import heard, last, refused, step
from yizhan.orders import operations
from yizhan.orders.models import Order
from yizhan.ratings.models import Level, Solved

GIVEN = {"level": Level.GOOD, "solved": Solved.YES, "words": ""}


def finish(world, order, at, result="换了灯"):
    """The main order goes through the loop."""
    main, unit = Order.objects.get(pk=order.main_id), world.units["B1"]
    main = operations.dispatch(order=main, unit=unit, pool=True, by=world.by.sun, at=at)
    main = operations.accept(order=main, by=world.by.chen, at=at)
    return operations.finish(order=main, result=result, by=world.by.chen, at=at)


def test_everyone_is_told_and_rates_for_themselves(world, at):
    order = folded(world, at)
    with refused("wrong_state", "办结后才能评单"):
        operations.rate(order=order, by=world.by.grandpa_li, at=at, **GIVEN)

    with heard() as told:
        main = finish(world, order, at)

    order.refresh_from_db()
    assert (order.state, order.finished_at) == ("merged", at)
    assert last(order) == step("answered_with", world.by.chen, at, words="换了灯", main=main.pk)
    done = {("order_finished", world.aunt_wang.pk), ("order_finished", world.grandpa_li.pk)}
    assert done <= set(told)
    assert operations.rate(order=order, by=world.by.grandpa_li, at=at, **GIVEN).state == "rated"
    assert operations.rate(order=main, by=world.by.aunt_wang, at=at, **GIVEN).state == "rated"


def test_a_follower_not_content_goes_on_alone(world, at):
    order = folded(world, at)
    finish(world, order, at)
    order.refresh_from_db()

    order = operations.reopen(order=order, reason="我家还黑", by=world.by.grandpa_li, at=at)
    assert (order.state, order.main, order.round) == ("received", None, 2)


def test_an_order_alone_answers_nobody(world, at, django_assert_num_queries):
    order = operations.fold_out(order=folded(world, at), by=world.by.sun, at=at)
    finished = operations.answer_folded(order=order, words="", by=world.by.sun, at=at)

    assert finished.version == order.version


@pytest.mark.parametrize("who", ["grandpa_li", "aunt_wang"])
def test_the_page_says_so(world, at, door, who):
    order = folded(world, at)
    main = finish(world, order, at)

    shown = order if who == "grandpa_li" else main
    assert "请您评一评" in door(who).get("show", shown).text


def test_the_answer_does_not_tell_the_others_whose_matter_it_was(world, at, door):
    order = folded(world, at)
    finish(world, order, at, result="到王桂兰家换了灯，电话 13900000009")

    told = door("grandpa_li").get("show", order).text
    assert "家换了灯" in told
    assert "王桂兰" not in told
    assert "13900000009" not in told
