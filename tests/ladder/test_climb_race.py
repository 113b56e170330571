"""Two workers at once, in real threads that really commit: each rung fires once."""

from tests.orders import stories
from tests.orders.clockwork import MONDAY, moment
from tests.orders.test_accept_race import at_once
from yizhan.base.models import Notice
from yizhan.ladder.jobs import climb_at
from yizhan.ladder.models import Decision, Rung, Supervision

RUNS = 5
LONG_AFTER = moment("2026-12-07 09:00")


def test_four_workers_climb_each_rung_once(race_db):
    for _ in range(RUNS):
        order = stories.invited(race_db, MONDAY)
        before = Notice.objects.count()

        outcomes = at_once([lambda: climb_at(LONG_AFTER)] * 4)

        assert [one for one in outcomes if one is not None] == []
        rungs = list(Rung.objects.of(order).values_list("kind", "rung"))
        assert len(rungs) == len(set(rungs)) == 10
        assert Supervision.objects.filter(order=order).count() == 1
        assert Decision.objects.filter(order=order).count() == 1
        told = Notice.objects.order_by("pk")[before:]
        mine = [(one.kind, one.to_id) for one in told if one.subject_id == order.pk]
        assert sum(kind == "ladder_decided" for kind, _ in mine) == 1
        assert not Rung.objects.filter(told_at=None).exists()
