"""Two review at once; two orders are sent at once under a limit of one."""

from functools import partial

from tests.conduct.conftest import flagged, officer, ruling, upheld
from tests.orders.stories import placed
from tests.orders.test_accept_race import at_once, codes
from yizhan.conduct import operations

RUNS = 6


def test_one_of_two_reviews(race_db, at):
    other = officer(race_db)
    for _ in range(RUNS):
        flag = flagged(race_db, at)
        acts = [
            partial(operations.uphold, flag=flag, ruling=ruling(days=1), by=race_db.by.zhou, at=at),
            partial(operations.dismiss, flag=flag, words="不是一处", by=other, at=at),
        ]

        assert codes(at_once(acts)) == {"won": 1, "wrong_state": 1}
        operations.erase_flag(order=flag.order, by=race_db.by.sun, at=at)


def test_two_orders_at_once_count_as_two(race_db, at):
    upheld(race_db, at, per_day=1)
    acts = [partial(placed, race_db, at) for _ in range(6)]

    assert codes(at_once(acts)) == {"won": 1, "measure_limit": 5}
