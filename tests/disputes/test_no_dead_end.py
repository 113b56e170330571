"""No ping-pong and no dead end, whatever people do with an order and in whatever sequence."""

from typing import Any, ClassVar

from django.db import transaction
from hypothesis import settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from hypothesis.strategies import sampled_from

from tests.conftest import LONG
from tests.disputes.stories import hired
from tests.orders import stories
from yizhan.base.verdict import Refused
from yizhan.disputes import operations, rules
from yizhan.disputes.models import Dispute
from yizhan.orders import operations as orders
from yizhan.orders import queries
from yizhan.orders import rules as order_rules
from yizhan.orders.models import Order
from yizhan.orders.states import State

EXAMPLES = 300 if LONG else 12
UNITS = ("B1", "B2", "P", "C", "S")
STAFF = ("sun", "ma", "liu", "bai", "anju", "zhou", "chen", "aunt_wang")
OVER = {State.FINISHED, State.RATED, State.WITHDRAWN, State.TURNED_AWAY}


class Handling(RuleBasedStateMachine):
    """One order among a community, its street and four units; anybody tries anything."""

    world: ClassVar[Any]
    at: ClassVar[Any]

    def __init__(self) -> None:
        super().__init__()
        self.point = transaction.atomic()
        self.point.__enter__()
        self.returned: list[tuple[int, str]] = []

    @initialize()
    def place(self):
        order = stories.placed(self.world, self.at)
        self.pk = orders.admit(order=order, by=self.world.by.sun, at=self.at).pk

    @property
    def order(self):
        return Order.objects.with_names().select_related("unit__region").get(pk=self.pk)

    def attempt(self, operation, who, **values):
        try:
            with transaction.atomic():
                return operation(by=getattr(self.world.by, who), at=self.at, **values)
        except Refused:
            return None

    @rule(who=sampled_from(("sun", "zhou", "ma", "liu")), unit=sampled_from(UNITS))
    def dispatch(self, who, unit):
        unit = self.world.units[unit]
        self.attempt(orders.dispatch, who, order=self.order, unit=unit, pool=True)

    @rule(who=sampled_from(("liu", "bai", "anju", "ma", "chen", "zhou")))
    def send_back(self, who):
        before = self.order
        after = self.attempt(orders.send_back, who, order=before, reason="不归我们")
        if after and before.state == State.DISPATCHED:
            assert not before.appointed
            self.returned.append((before.round, before.unit.code))

    @rule(who=sampled_from(("liu", "bai", "anju", "ma")))
    def dispute(self, who):
        before = self.order
        found = self.attempt(
            operations.raise_dispute, who, order=before, cause="other", words="不归我们管"
        )
        assert found is None or not before.appointed

    @rule(who=sampled_from(("zhou", "ma", "liu")), unit=sampled_from((*UNITS, None)))
    def adjudicate(self, who, unit):
        dispute = Dispute.objects.filter(order=self.pk).order_by("pk").last()
        if dispute:
            unit = self.world.units[unit] if unit else None
            self.attempt(
                operations.adjudicate, who, dispute=dispute, unit=unit, words="按职责清单办"
            )

    @rule(who=sampled_from(("ma", "sun")))
    def escalate(self, who):
        self.attempt(orders.escalate, who, order=self.order, reason="社区办不了")

    @rule(who=sampled_from(("zhou", "ma")))
    def send_down(self, who):
        self.attempt(orders.send_down, who, order=self.order, reason="社区可以办")

    @rule(who=sampled_from(("chen", "bai", "anju", "sun")))
    def accept(self, who):
        self.attempt(orders.accept, who, order=self.order)

    @rule(who=sampled_from(("sun", "zhou")))
    def call_in(self, who):
        self.attempt(orders.call_in, who, order=self.order)

    @invariant()
    def what_must_always_be_so(self):
        order = self.order
        self.never_more_returns_than_allowed(order)
        self.a_wrong_unit_gets_out_of_it(order)
        assert order.state in OVER or self.next_acts(order), (order.state, order.unit)

    def never_more_returns_than_allowed(self, order):
        """At most two units return an order in a round, and each of them once."""
        found = [unit for number, unit in self.returned if number == order.round]
        assert len(found) <= order_rules.MOST_RETURNS
        assert len(set(found)) == len(found)
        assert order.returned_by == found

    def next_acts(self, order):
        """The acts of offices that lead on, without the asker, who could always withdraw."""
        dispute = Dispute.objects.with_names().filter(order=order).order_by("pk").last()
        found = []
        for who in STAFF[:-1]:
            by = getattr(self.world.by, who)
            facts = queries.facts_of(order, by)
            verdicts = (
                order_rules.can_dispatch(order, by),
                order_rules.can_accept(order, by, facts),
                order_rules.can_finish(order, by),
                dispute and rules.can_adjudicate(dispute, by),
            )
            found += [who for verdict in verdicts if verdict]
            if order.state == State.DISPATCHED:
                found += [who] if order_rules.can_call_in(order, by) else []
        return found

    def a_wrong_unit_gets_out_of_it(self, order):
        """Whoever answers for a unit that no ruling named may object, returned before or not."""
        if order.state != State.DISPATCHED or order.appointed or order.unit.code == "S":
            return
        leader = {"B1": "liu", "B2": "bai", "P": "anju", "C": "ma"}[order.unit.code]
        assert rules.can_raise_dispute(order, getattr(self.world.by, leader))

    def teardown(self):
        transaction.set_rollback(True)
        self.point.__exit__(None, None, None)


def test_no_sequence_of_acts_ends_nowhere(world, at):
    world.by.bai = hired(world, "白云", "branch_secretary", world.units["B2"])
    Handling.world, Handling.at = world, at
    run_state_machine_as_test(
        Handling, settings=settings(max_examples=EXAMPLES, stateful_step_count=15)
    )
