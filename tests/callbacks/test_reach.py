"""回访: by somebody who did not do the work; what is heard stands beside the rating."""

import pytest

from tests.callbacks.conftest import drawn
from tests.orders.traces import heard, last, refused, step
from yizhan.callbacks import operations
from yizhan.callbacks.models import Callback
from yizhan.orders import operations as orders
from yizhan.privacy.models import Look
from yizhan.ratings.models import Level, Rating, Solved


def reach(callback, by, at, level=Level.FAIR):
    given = {"solved": Solved.PARTLY, "level": level, "words": "又来修过一次"}
    return operations.reach(callback=callback, by=by, at=at, **given)


@pytest.mark.parametrize(("who", "level"), [("sun", Level.FAIR), ("zhou", None)])
def test_what_was_heard_is_kept_beside_the_rating(world, at, who, level):
    callback, by = drawn(world, at), getattr(world.by, who)

    with heard() as told:
        callback = reach(callback, by, at, level)

    assert (callback.state, callback.solved, callback.level) == ("reached", "partly", level)
    assert (callback.tries, callback.ended_at) == (1, at)
    moved = {"from": "waiting", "to": "reached"}
    assert last(callback) == step("reached", by, at, words="又来修过一次", **moved)
    assert told == []
    rating = Rating.objects.get()
    assert (rating.level, rating.solved) == (Level.BAD, Solved.NO)


def test_never_by_who_did_the_work(world, at):
    callback = drawn(world, at)
    order = callback.order
    type(order).objects.filter(pk=order.pk).update(handler=world.sun)

    with refused("own_work", "没有经办"):
        reach(callback, world.by.sun, at)
    assert callback not in Callback.objects.visible_to(world.by.sun)
    assert callback in Callback.objects.visible_to(world.by.ma)


@pytest.mark.parametrize("who", ["chen", "aunt_wang"])
def test_nor_by_the_two_it_is_about(world, at, who):
    callback = drawn(world, at)

    with refused("own_work", "没有经办"):
        reach(callback, getattr(world.by, who), at)


@pytest.mark.parametrize("who", ["liu", "feng", "grandpa_li"])
def test_nobody_outside(world, at, who):
    callback = drawn(world, at)

    with refused("not_your_post", "社区或街道"):
        reach(callback, getattr(world.by, who), at)


def test_not_twice_and_not_in_a_later_round(world, at):
    callback = reach(drawn(world, at), world.by.sun, at)
    other = drawn(world, at)
    orders.reopen(order=other.order, reason="还黑", by=world.by.aunt_wang, at=at)

    for one in (callback, other):
        with refused("wrong_state", "不用再回访"):
            reach(one, world.by.sun, at)


def test_by_the_page(world, at, browser):
    callback, clerk = drawn(world, at), browser("sun")
    path = callback.get_absolute_url()

    assert path in clerk.get("/callbacks/desk").text
    assert "13800000001" in clerk.get(path).text
    assert Look.objects.filter(purpose="回访", actor=world.sun).exists()
    assert clerk.send(f"{path}reach").status_code == 422
    assert clerk.send(f"{path}reach", solved="yes", level="").status_code == 302
    callback.refresh_from_db()
    assert (callback.solved, callback.level) == ("yes", None)
    assert "13800000001" not in clerk.get(path).text
    assert clerk.send(f"{path}reach", solved="yes", level="").status_code == 409


@pytest.mark.parametrize("who", ["chen", "liu", "feng", "aunt_wang", "qian"])
def test_outside(world, at, browser, who):
    path = drawn(world, at).get_absolute_url()

    assert browser(who).get(path).status_code == 404
    assert browser(who).send(f"{path}reach", solved="yes").status_code == 404
