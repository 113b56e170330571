"""Two rulings at once: one counts. An objection against an acceptance: one of them."""

from tests.disputes.stories import raised
from tests.orders.stories import dispatched
from tests.orders.test_accept_race import act, at_once, codes
from yizhan.disputes import operations
from yizhan.disputes.models import Dispute
from yizhan.orders import operations as orders
from yizhan.orders.models import Order


def test_two_rulings_at_once(race_db, at):
    world = race_db
    for _ in range(5):
        dispute = raised(world, at)
        values = {"dispute": dispute, "words": "按职责清单办", "by": world.by.zhou, "at": at}
        outcomes = at_once(
            [act(operations.adjudicate, unit=world.units[unit], **values) for unit in ("P", "B2")]
        )

        assert codes(outcomes) == {"won": 1, "wrong_state": 1}
        order = Order.objects.get(pk=dispute.order_id)
        dispute.refresh_from_db()
        assert order.unit_id == dispute.appointed_id
        assert order.steps.filter(kind="settled").count() == 1


def test_taken_or_disputed_but_not_both(race_db, at):
    world = race_db
    for _ in range(5):
        order = dispatched(world, at)
        outcomes = at_once(
            [
                act(orders.accept, order=order, by=world.by.he, at=at),
                lambda order=order: raised(world, at, order=order),
            ]
        )

        order.refresh_from_db()
        late = {"accepted": "wrong_state", "disputed": "taken"}[order.state]
        assert codes(outcomes) == {"won": 1, late: 1}
        assert Dispute.objects.filter(order=order).count() == int(order.state == "disputed")
        if order.state == "accepted":
            orders.finish(order=order, result="办好了", by=world.by.he, at=at)
