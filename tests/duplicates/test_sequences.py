"""Any sequence of merging, parting, withdrawing, answering and asking again keeps the count."""

from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import LONG
from tests.duplicates.alike import brought
from tests.duplicates.test_merge_race import consistent
from tests.orders.stories import holder
from yizhan.base.verdict import Refused
from yizhan.duplicates import operations
from yizhan.orders import operations as orders
from yizhan.orders.models import Order
from yizhan.orders.states import State

ORDERS = 4
EXAMPLES = 400 if LONG else 20
number = st.integers(0, ORDERS - 1)
acts = st.one_of(
    st.tuples(st.just("merge"), number, st.lists(number, min_size=1, max_size=3)),
    st.tuples(
        st.sampled_from(
            ("attach", "fold_out", "withdraw", "turn_away", "finish", "reopen", "undo")
        ),
        number,
        st.lists(number, min_size=1, max_size=1),
    ),
)


def done(world: Any, verb: str, one: Order, others: list[Order], at: Any) -> None:
    """One act by whoever may do it."""
    sun = world.by.sun
    if verb == "merge":
        operations.merge(main=one, others=others, by=sun, at=at)
    elif verb == "attach":
        operations.attach(order=one, main=others[0], by=holder(one), at=at)
    elif verb == "fold_out":
        orders.fold_out(order=one, by=sun, at=at)
    elif verb == "withdraw":
        orders.withdraw(order=one, reason="", by=holder(one), at=at)
    elif verb == "turn_away":
        orders.turn_away(order=one, words="请到物业办", by=sun, at=at)
    elif verb == "reopen":
        orders.reopen(order=one, reason="还没好", by=holder(one), at=at)
    elif verb == "undo":
        orders.undo(order=one, by=sun, at=at)
    else:
        orders.dispatch(order=one, unit=world.units["B1"], pool=True, by=sun, at=at)
        orders.accept(order=one, by=world.by.chen, at=at)
        orders.finish(order=one, result="好了", by=world.by.chen, at=at)


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sequence=st.lists(acts, min_size=2, max_size=8))
def test_the_count_is_right_and_there_are_no_chains(
    world: Any, at: Any, sequence: list[tuple[str, int, list[int]]]
) -> None:
    with transaction.atomic():
        some = [brought(world, at) for _ in range(ORDERS)]
        for verb, one, others in sequence:
            try:
                with transaction.atomic():
                    done(world, verb, some[one], [some[other] for other in others], at)
            except Refused:
                continue
            consistent()
            assert not Order.objects.filter(state=State.MERGED, main=None).exists()
            assert not Order.objects.filter(main__state=State.MERGED).exists()
        transaction.set_rollback(True)
