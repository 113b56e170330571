"""Two clerks, or a clerk and an asker, at the same moment: one wins, the other hears why not."""

from functools import partial
from typing import Any

import pytest

from tests.conftest import LONG
from tests.duplicates.alike import brought
from tests.orders.stories import holder
from tests.orders.test_accept_race import at_once, codes
from yizhan.duplicates import operations
from yizhan.duplicates.operations.joining import Said
from yizhan.orders import operations as orders
from yizhan.orders.models import Order
from yizhan.orders.states import State

RUNS = 20 if LONG else 6
ASKERS = 12


def consistent() -> None:
    """What a main order counts is what it has, and no main order was merged itself."""
    for main in Order.objects.all():
        assert main.joined == Order.objects.filter(main=main).count(), main
        assert not (main.joined and main.main_id), main


def merge(main: Order, *others: Order, by: Any, at: Any) -> Any:
    return lambda: operations.merge(main=main, others=others, by=by, at=at)


def test_crosswise(race_db: Any, at: Any) -> None:
    sun, ma = race_db.by.sun, race_db.by.ma
    for _ in range(RUNS):
        one, two = brought(race_db, at), brought(race_db, at)

        found = codes(at_once([merge(one, two, by=sun, at=at), merge(two, one, by=ma, at=at)]))

        assert found["won"] == 1
        assert set(found) <= {"won", "wrong_state", "has_joined", "no_main"}
        assert sorted(Order.objects.filter(pk__in=[one.pk, two.pk]).values_list("state")) == [
            (State.MERGED,), (State.PLACED,),
        ]  # fmt: skip
    consistent()


def test_many_into_two_main_orders(race_db: Any, at: Any) -> None:
    """Overlapping piles in different order: nobody waits for ever, every order is in one."""
    for _ in range(2):
        some = [brought(race_db, at) for _ in range(6)]
        acts = [
            merge(some[0], *some[2:], by=race_db.by.sun, at=at),
            merge(some[1], *reversed(some[2:]), by=race_db.by.ma, at=at),
            merge(some[5], some[0], by=race_db.by.zhou, at=at),
        ]

        assert codes(at_once(acts))["won"] >= 1
    consistent()


def test_merging_while_the_main_one_ends(race_db: Any, at: Any) -> None:
    for _ in range(RUNS):
        main, order = brought(race_db, at), brought(race_db, at)
        away: dict[str, Any] = {"words": "请到物业办", "by": race_db.by.ma, "at": at}

        found = codes(
            at_once(
                [
                    merge(main, order, by=race_db.by.sun, at=at),
                    partial(orders.turn_away, order=main, **away),
                ]
            )
        )

        order.refresh_from_db()
        assert found["won"] in (1, 2)
        assert order.state == (State.TURNED_AWAY if found["won"] == 2 else State.PLACED)
    consistent()


def test_undoing_a_merge_while_the_main_one_is_withdrawn(race_db: Any, at: Any) -> None:
    for _ in range(RUNS):
        main, order = brought(race_db, at), brought(race_db, at)
        operations.merge(main=main, others=[order], by=race_db.by.sun, at=at)

        at_once(
            [
                partial(orders.fold_out, order=order, by=race_db.by.sun, at=at),
                partial(orders.withdraw, order=main, reason="", by=holder(main), at=at),
                partial(orders.withdraw, order=order, reason="", by=holder(order), at=at),
            ]
        )

        order.refresh_from_db()
        assert order.state in (State.PLACED, State.WITHDRAWN)
        assert order.main_id is None
    consistent()


@pytest.mark.parametrize("ends", [False, True])
def test_many_join_at_once(race_db: Any, at: Any, ends: bool) -> None:
    main = brought(race_db, at)
    acts: list[Any] = [
        lambda: operations.join(main=main, said=Said(), by=holder(main), at=at)
        for _ in range(ASKERS)
    ]
    if ends:
        away = {"words": "请到物业办", "by": race_db.by.sun, "at": at}
        acts.append(lambda: orders.turn_away(order=main, **away))

    found = codes(at_once(acts))

    main.refresh_from_db()
    assert set(found) <= ({"won", "over"} if ends else {"won"})
    assert main.joined == Order.objects.filter(main=main).count() == found["won"] - ends
    assert Order.objects.count() == 1 + found["won"] - ends
    consistent()
