"""Two units answer at once: both count. Told not to come, or there: one of them."""

from tests.orders.test_accept_race import act, at_once, codes
from tests.whistles.stories import STREET, blown, call_of, closed
from yizhan.whistles import operations
from yizhan.whistles.models import Assessment, Call


def test_two_units_answer_at_once(race_db, at):
    world = race_db
    for _ in range(5):
        whistle = blown(world, at)
        acts = [
            act(operations.answer_call, call=call_of(whistle, unit), words="", by=by, at=at)
            for unit, by in (("P", world.by.anju), ("B1", world.by.liu))
        ]

        assert codes(at_once(acts)) == {"won": 2}
        assert set(whistle.calls.values_list("state", flat=True)) == {"answered"}


def test_told_not_to_come_or_there_but_not_both(race_db, at):
    world = race_db
    for _ in range(5):
        call = call_of(blown(world, at), "B1")
        outcomes = at_once(
            [
                act(operations.report_in, call=call, by=world.by.liu, at=at),
                act(operations.cancel_call, call=call, words="人够", by=world.by.zhou, at=at),
            ]
        )

        state = Call.objects.get(pk=call.pk).state
        late = {"arrived": "wrong_state", "cancelled": "cancelled"}[state]
        assert codes(outcomes) == {"won": 1, late: 1}


def test_two_members_report_in_once(race_db, at):
    world = race_db
    call = call_of(blown(world, at), "B1")
    outcomes = at_once(
        [act(operations.report_in, call=call, by=by, at=at) for by in (world.by.liu, world.by.chen)]
    )

    assert codes(outcomes) == {"won": 1, "wrong_state": 1}


def test_two_views_of_the_street_are_one(race_db, at):
    world = race_db
    call = call_of(closed(world, at), "P")
    values = {"call": call, "levels": STREET, "words": "", "by": world.by.zhou, "at": at}
    outcomes = at_once([act(operations.assess_call, **values) for _ in range(3)])

    assert codes(outcomes) == {"won": 1, "given": 2}
    assert Assessment.objects.count() == 1
