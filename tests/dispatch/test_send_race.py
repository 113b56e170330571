"""Two dispatchers send the same plan at the same moment: each person is invited once."""

from tests.dispatch.stories import queue
from tests.orders.test_accept_race import act, at_once, codes
from yizhan.dispatch import operations
from yizhan.dispatch.models import Plan
from yizhan.orders import operations as orders
from yizhan.orders.models import Invitation

RUNS = 6


def test_one_of_two_sends_it(race_db, at):
    for run in range(1, RUNS + 1):
        queue(race_db, at, 2)
        plan = operations.draw_up(by=race_db.by.sun, at=at)
        expected = plan.proposals.filter(person__isnull=False).count()
        before = Invitation.objects.count()
        both = [
            act(operations.send, plan=plan, choices={}, by=by, at=at)
            for by in (race_db.by.sun, race_db.by.ma)
        ]

        found = codes(at_once(both)) if expected else {"won": 1, "sent": 1}

        assert found == {"won": 1, "sent": 1}, run
        assert Invitation.objects.count() - before == expected


def test_two_drawn_up_at_once_leave_one_draft(race_db, at):
    queue(race_db, at, 2)
    for _ in range(RUNS):
        both = [act(operations.draw_up, by=by, at=at) for by in (race_db.by.sun, race_db.by.ma)]
        assert codes(at_once(both)) == {"won": 2}
        assert Plan.objects.filter(state="draft").count() == 1


def test_taken_and_sent_at_once(race_db, at):
    """Whoever claims an order from the pool while the plan is sent has it, or is told first."""
    [order] = queue(race_db, at, 1)
    plan = operations.draw_up(by=race_db.by.sun, at=at)
    outcomes = at_once(
        [
            act(operations.send, plan=plan, choices={}, by=race_db.by.sun, at=at),
            act(orders.accept, order=order, by=race_db.by.he, at=at),
        ]
    )

    assert codes(outcomes) == {"won": 2}
    order.refresh_from_db()
    assert (order.state, order.handler) == ("accepted", race_db.he)
    assert not order.invitations.filter(state="sent").exists()
    assert plan.proposals.get().outcome in ("invited", "stale")
