"""Three tries at different hours; then it counts neither for nor against."""

from datetime import timedelta

import pytest

from tests.callbacks.conftest import drawn
from tests.orders.traces import last, refused, step
from yizhan.callbacks import operations

APART = timedelta(hours=3)


def try_call(callback, by, at):
    return operations.try_call(callback=callback, by=by, at=at)


def test_the_third_ends_it(world, at):
    callback, by = drawn(world, at), world.by.sun
    for number in (1, 2):
        moment = at + number * APART
        callback = try_call(callback, by, moment)
        assert (callback.state, callback.tries) == ("waiting", number)
        assert last(callback) == step("tried", by, moment, tries=number)

    moment = at + 3 * APART
    callback = try_call(callback, world.by.ma, moment)

    assert (callback.state, callback.tries, callback.ended_at) == ("unreached", 3, moment)
    moved = {"from": "waiting", "to": "unreached", "tries": 3}
    assert last(callback) == step("unreached", world.by.ma, moment, **moved)
    assert callback.solved == ""


def test_at_another_hour(world, at):
    callback = try_call(drawn(world, at), world.by.sun, at)

    with refused("too_soon", "换个时段再打"):
        try_call(callback, world.by.ma, at + timedelta(hours=2))


@pytest.mark.parametrize("who", ["chen", "aunt_wang", "liu", "feng"])
def test_nobody_else(world, at, who):
    callback = drawn(world, at)

    with refused(("own_work" if who in ("chen", "aunt_wang") else "not_your_post"), "人"):
        try_call(callback, getattr(world.by, who), at)


def test_by_the_page(world, at, browser):
    path = drawn(world, at).get_absolute_url()

    assert browser("sun").send(f"{path}try_call").status_code == 302
    answer = browser("ma").send(f"{path}try_call")
    assert answer.status_code == 409
    assert "换个时段再打" in answer.text
