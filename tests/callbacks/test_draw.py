"""抽取回访: all that went badly, all cared for, one in ten of the rest, and nobody chooses."""

from datetime import timedelta

import pytest

from tests.callbacks.conftest import WEEK, badly_rated, drawn
from tests.orders.stories import accepted, finished, placed, rated
from tests.orders.traces import heard, last, refused, step
from yizhan.base.actor import CLOCK
from yizhan.callbacks import jobs, operations, rules
from yizhan.callbacks.models import Callback, Rectification
from yizhan.callbacks.rules import Heard
from yizhan.orders import operations as orders
from yizhan.orders.models import Order
from yizhan.ratings.models import Level, Solved
from yizhan.routing.models import Category


def draw(order, at, by=CLOCK):
    return operations.draw(order=order, by=by, at=at)


@pytest.mark.parametrize(
    ("level", "solved", "is_bad"),
    [
        (Level.VERY_GOOD, Solved.YES, False),
        (Level.FAIR, Solved.PARTLY, False),
        (Level.BAD, Solved.YES, True),
        (Level.VERY_BAD, Solved.PARTLY, True),
        (Level.VERY_GOOD, Solved.NO, True),
        (0, "", False),
    ],
)
def test_what_is_bad(level, solved, is_bad):
    assert Heard(level, solved).is_bad is is_bad


def test_a_bad_rating_is_called_back_and_put_right(world, at):
    order = badly_rated(world, at)

    with heard() as told:
        callback = draw(order, at)

    assert (callback.state, callback.reason, callback.round) == ("waiting", "bad", 1)
    assert callback.steps.first().facts == {"order": order.pk, "reason": "bad"}
    moved = {"from": "not_drawn", "to": "waiting"}
    assert last(callback) == step("drawn", CLOCK, at, **moved)
    opened = Rectification.objects.get()
    assert (opened.order, opened.state) == (order, "open")
    assert told == sorted(
        [("rectification_opened", world.sun.pk), ("rectification_opened", world.ma.pk)]
    )


def test_whoever_is_cared_for_is_called_back(world, at, lots):
    lots(1)
    order = rated(world, at, category=Category.objects.get(code="care_elder"))

    assert draw(order, at).reason == "cared_for"


@pytest.mark.parametrize(("number", "reason", "state"), [
    (0, "sample", "waiting"), (10, "sample", "waiting"), (1, "", "not_drawn"), (9, "", "not_drawn"),
])  # fmt: skip
def test_one_in_ten_of_the_rest(world, at, lots, number, reason, state):
    lots(number)
    callback = draw(rated(world, at), at)

    assert (callback.reason, callback.state) == (reason, state)
    assert Rectification.objects.count() == 0


def test_about_one_in_ten_of_many(world, at):
    order = Order(category=Category(is_sensitive=False))
    reasons = []
    for number in range(2000):
        order.code = f"ORDER{number}"
        reasons.append(rules.reason_for(order, Heard(5, "yes")))

    assert 150 < sum(bool(reason) for reason in reasons) < 250


def test_drawing_again_gives_the_same(world, at):
    order = badly_rated(world, at)

    assert draw(order, at) == draw(order, at + WEEK)
    assert Callback.objects.count() == Rectification.objects.count() == 1


@pytest.mark.parametrize("story", [placed, accepted, finished])
def test_not_before_the_asker_had_a_week(world, at, story):
    order = story(world, at)

    with refused("wrong_state", "一周以后"):
        draw(order, at)


def test_whoever_does_not_rate_is_drawn_after_a_week(world, at, lots):
    lots(0)

    assert draw(finished(world, at), at + WEEK).reason == "sample"


@pytest.mark.parametrize("who", ["sun", "ma", "zhou", "chen", "aunt_wang"])
def test_nobody_draws_by_hand(world, at, who):
    order = badly_rated(world, at)

    with refused("not_your_post", "系统"):
        draw(order, at, getattr(world.by, who))


def test_the_clock_finds_each_once(world, at, monkeypatch):
    order, waits = badly_rated(world, at), finished(world, at)
    monkeypatch.setattr("yizhan.callbacks.jobs.now", lambda: at + timedelta(hours=1))
    jobs.draw()
    jobs.draw()
    assert list(Callback.objects.values_list("order", flat=True)) == [order.pk]

    monkeypatch.setattr("yizhan.callbacks.jobs.now", lambda: at + WEEK)
    jobs.draw()
    assert set(Callback.objects.values_list("order", flat=True)) == {order.pk, waits.pk}


def test_what_was_done_long_ago_is_left_in_peace(world, at, monkeypatch):
    badly_rated(world, at)
    monkeypatch.setattr("yizhan.callbacks.jobs.now", lambda: at + timedelta(days=61))
    jobs.draw()

    assert not Callback.objects.exists()


def test_a_new_round_is_drawn_anew(world, at):
    order = badly_rated(world, at)
    callback = draw(order, at)
    orders.reopen(order=order, reason="还是黑", by=world.by.aunt_wang, at=at)

    assert not Callback.objects.waiting().filter(pk=callback.pk).exists()
    assert drawn(world, at).order != order
