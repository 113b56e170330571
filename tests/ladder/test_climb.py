"""The whole ladder under a moved clock: each rung once, in order, also after days without a worker.

Nobody does anything: an order is placed and given on Monday 23 November 2026, 09:00.
"""

from collections import Counter
from datetime import timedelta

import pytest

from tests.ladder.conftest import HOUR, fired, run, walk
from tests.orders import stories
from tests.orders.clockwork import MONDAY, moment
from yizhan.clocks.calendar import quiet_until
from yizhan.ladder.models import Decision, Rung, Supervision
from yizhan.orders import operations
from yizhan.orders.models import Order

TWO_WEEKS = moment("2026-12-05 09:00")
DAY = timedelta(days=1)


def moments(order):
    """When each rung fired, in words."""
    rows = Rung.objects.of(order).values_list("kind", "rung", "fired_at")
    return {(kind, rung): f"{at.astimezone(MONDAY.tzinfo):%m-%d %H:%M}" for kind, rung, at in rows}


def test_nobody_takes_it(world):
    order = stories.invited(world, MONDAY)

    walk(MONDAY, TWO_WEEKS)

    assert moments(order) == {
        ("accept", "opened"): "11-24 09:00",
        ("contact", "reminded"): "11-24 11:00",
        ("accept", "called_in"): "11-24 18:00",
        ("contact", "urged"): "11-24 18:00",
        ("contact", "supervised"): "11-25 18:00",
        ("resolve", "reminded"): "11-26 16:00",
        ("contact", "decided"): "11-27 18:00",
        ("resolve", "urged"): "11-30 18:00",
        ("resolve", "supervised"): "12-01 18:00",
        ("resolve", "decided"): "12-03 18:00",
    }
    order.refresh_from_db()
    assert (order.state, order.unit) == ("received", None)
    sheet, decision = Supervision.objects.get(), Decision.objects.get()
    assert (sheet.unit, sheet.state) == (world.units["C"], "proposed")
    assert decision.state == "waiting"


def test_the_same_rungs_when_the_worker_is_down_for_two_days(world):
    first, second = stories.invited(world, MONDAY), stories.invited(world, MONDAY)
    Order.objects.filter(pk=second.pk).update(state="withdrawn")
    usual = walk(MONDAY, TWO_WEEKS)
    Order.objects.filter(pk=second.pk).update(state="dispatched")
    Order.objects.filter(pk=first.pk).update(state="withdrawn")

    down = (moment("2026-11-24 09:30"), moment("2026-11-26 09:30"))
    after = walk(MONDAY, TWO_WEEKS, down=down)

    assert sorted(fired(first)) == sorted(fired(second))
    due = {one.pk: one.due_at for one in Rung.objects.all()}
    for order in (first, second):
        assert [due[one.pk] for one in Rung.objects.of(order)] == sorted(
            due[one.pk] for one in Rung.objects.of(order)
        )
    summed_up = [(kind, who) for at, kind, who in after if at == moment("2026-11-26 10:00")]
    told = Counter(who for kind, who in summed_up if kind != "order_called_in")
    assert max(told.values()) == 1
    assert ("ladder_supervised", world.zhou.pk) in summed_up
    assert ("ladder_urged", world.sun.pk) in summed_up
    assert len(after) < len(usual)


def test_nothing_fires_twice(world):
    order = stories.invited(world, MONDAY)
    walk(MONDAY, TWO_WEEKS, step=3 * HOUR)
    before = fired(order)

    assert run(moment("2026-12-07 09:00")) == []
    assert fired(order) == before


def test_nobody_is_written_to_at_night_or_on_a_day_off(world):
    stories.invited(world, MONDAY)
    stories.placed(world, MONDAY)

    assert {quiet_until(at) for at, _, _ in walk(MONDAY, TWO_WEEKS, step=HOUR / 2)} == {None}


@pytest.mark.parametrize(
    ("start", "urged"),
    [("2026-09-30 09:00", "2026-10-13 18:00"), ("2026-02-13 09:00", "2026-02-27 18:00")],
)
def test_holidays_move_the_rungs(world, start, urged):
    """National Day with its make-up day on 10 October; Spring Festival with that on 14 February."""
    begins, due = moment(start), moment(urged)
    order = stories.accepted(world, begins)

    walk(begins, due - HOUR, step=2 * HOUR)
    assert ("resolve", "urged") not in fired(order)
    walk(due, due + HOUR)
    assert fired(order)[-1] == ("resolve", "urged")


def test_what_is_paused_fires_nothing(world):
    order = stories.accepted(world, MONDAY)
    operations.contact(order=order, how="phone", by=world.by.chen, at=MONDAY)
    order = operations.ask(order=order, question="几楼？", by=world.by.chen, at=MONDAY + HOUR)

    walk(MONDAY, TWO_WEEKS, step=3 * HOUR)
    assert fired(order) == []
    operations.answer(order=order, words="二楼", by=world.by.aunt_wang, at=TWO_WEEKS)
    walk(TWO_WEEKS, TWO_WEEKS + 8 * DAY, step=3 * HOUR)
    assert ("resolve", "reminded") in fired(order)


def test_what_was_met_or_moved_meanwhile_fires_nothing(world):
    done, longer = stories.accepted(world, MONDAY), stories.accepted(world, MONDAY)
    for one in (done, longer):
        operations.contact(order=one, how="phone", by=world.by.chen, at=MONDAY)
    tuesday = moment("2026-11-24 10:00")
    operations.finish(order=done, result="好了", by=world.by.chen, at=tuesday)
    given = {"days": 5, "reason": "等零件", "by": world.by.chen, "at": tuesday}
    operations.ask_extension(order=longer, **given)
    operations.grant_extension(order=longer, words="等零件", by=world.by.sun, at=tuesday)

    run(moment("2026-12-02 10:00"))

    assert fired(done) == []
    assert fired(longer) == [("resolve", "reminded")]


def test_a_new_round_climbs_anew(world):
    order = stories.accepted(world, MONDAY)
    run(moment("2026-12-01 10:00"))
    operations.finish(order=order, result="好了", by=world.by.chen, at=moment("2026-12-01 11:00"))
    again = moment("2026-12-01 12:00")
    operations.reopen(order=order, reason="又坏了", by=world.by.aunt_wang, at=again)

    run(moment("2026-12-02 18:00"))

    rounds = Rung.objects.of(order).filter(kind="contact").values_list("subject_round", flat=True)
    assert set(rounds) == {1, 2}


def test_the_scan_asks_the_same_however_many_there_are(world, django_assert_num_queries):
    from yizhan.ladder.queries import due_now

    at = moment("2026-12-01 10:00")
    for _ in range(3):
        stories.accepted(world, MONDAY)
        with django_assert_num_queries(4):
            assert due_now(at)
