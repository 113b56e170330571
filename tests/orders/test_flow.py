"""The loop as a whole: every move of FLOW has an operation, and no sequence of acts leaves it."""

from collections.abc import Callable, Iterator
from typing import Any, ClassVar

import pytest
from django.db import connection, transaction
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test
from hypothesis.strategies import integers, sampled_from

from tests.orders import stories
from yizhan.base import chain
from yizhan.base.verdict import Refused
from yizhan.orders import operations
from yizhan.orders.models import Invitation, Order
from yizhan.orders.states import State
from yizhan.ratings.models import Level, Rating, Solved
from yizhan.routing.models import Category

STAYS = {
    "amend",
    "erase_words",
    "forget_asker",
    "forget_photos",
    "invite",
    "decline",
    "hand_over",
    "reveal",
}
NEW = {"place", "enter", "call_back", "keep_filter", "drop_filter", "forget_filters", "hand_paper"}
PEOPLE = ("aunt_wang", "sun", "liu", "chen", "he", "zhao")
# What people would do next, by state; the machine also lets anybody try anything.
NEXT: dict[str, list[tuple[str, str]]] = {
    "placed": [("admit", "sun"), ("dispatch", "sun"), ("ask", "sun"), ("turn_away", "sun")],
    "received": [
        ("undo", "sun"),
        ("dispatch", "sun"),
        ("dispatch", "sun"),
        ("ask", "sun"),
        ("amend", "sun"),
    ],
    "asking": [("answer", "aunt_wang"), ("answer", "sun"), ("withdraw", "aunt_wang")],
    "dispatched": [
        ("invite", "liu"),
        ("decline", "chen"),
        ("accept", "chen"),
        ("accept", "he"),
        ("send_back", "liu"),
        ("withdraw", "aunt_wang"),
        ("undo", "sun"),
    ],
    "accepted": [
        ("hand_over", "chen"),
        ("hand_over", "chen"),
        ("finish", "chen"),
        ("finish", "sun"),
        ("ask", "chen"),
        ("accept", "he"),
        ("decline", "he"),
        ("send_back", "chen"),
        ("reveal", "chen"),
    ],
    "finished": [("rate", "aunt_wang"), ("forget_asker", "sun"), ("reopen", "aunt_wang")],
    "rated": [("reopen", "aunt_wang"), ("forget_asker", "aunt_wang"), ("erase_words", "aunt_wang")],
    "turned_away": [("reopen", "aunt_wang"), ("undo", "sun"), ("erase_words", "aunt_wang")],
    "withdrawn": [("reopen", "aunt_wang"), ("forget_asker", "sun"), ("forget_photos", "sun")],
}


def arguments(world: Any, order: Order, wished: Category) -> dict[str, dict[str, Any]]:
    """What each act takes besides the order, who and when."""
    return {
        "admit": {},
        "ask": {"question": "住几楼？"},
        "answer": {"words": "住二楼"},
        "amend": {
            "category": wished,
            "brief": "微心愿",
            "version": order.version,
        },
        "turn_away": {"words": "请到政务大厅"},
        "dispatch": {"unit": world.units["B1"], "pool": order.version % 2 == 0},
        "invite": {"people": [world.chen]},
        "accept": {},
        "decline": {},
        "send_back": {"reason": "没有梯子", "cause": "other"},
        "hand_over": {"to": world.he},
        "finish": {"result": "换好了"},
        "rate": {"level": Level.FAIR, "solved": Solved.YES, "words": ""},
        "reopen": {"reason": "又坏了"},
        "withdraw": {"reason": ""},
        "undo": {},
        "erase_words": {},
        "forget_asker": {},
        "forget_photos": {},
        "reveal": {"purpose": "联系点单人办理本单"},
    }


VERBS = set(operations.__all__) - NEW


def received(world: Any, at: Any) -> Order:
    return operations.admit(order=stories.placed(world, at), by=world.by.sun, at=at)


def asked_by_handler(world: Any, at: Any) -> Order:
    order = stories.accepted(world, at)
    return operations.ask(order=order, question="几楼？", by=world.by.chen, at=at)


SITUATIONS: tuple[Callable[..., Order], ...] = (
    stories.placed,
    received,
    stories.asked,
    asked_by_handler,
    stories.dispatched,
    stories.invited,
    stories.accepted,
    stories.handing_over,
    stories.finished,
    stories.rated,
    stories.turned_away,
    stories.withdrawn,
)


def test_every_move_of_the_flow_has_an_operation_and_there_is_no_other(world, at):
    """Everyone tries everything in every situation; whatever succeeds is a move of FLOW."""
    made, stayed = set(), set()
    for story in SITUATIONS:
        with transaction.atomic():
            order = story(world, at)
            for verb, before, after in successes(world, order, at):
                if after == before:
                    stayed.add(verb)
                else:
                    made.add((before, after))
            transaction.set_rollback(True)

    assert made == {(state, to) for state, targets in Order.FLOW.items() for to in targets}
    assert stayed == STAYS | {"accept"}


def successes(world: Any, order: Order, at: Any) -> Iterator[tuple[str, State, State]]:
    """Every act that somebody may do on this order now: the verb, the state before and after."""
    given = arguments(world, order, Category.objects.get(code="wish_small"))
    assert set(given) == VERBS
    for verb in VERBS:
        for who in PEOPLE:
            after = tried(verb, order, given[verb], getattr(world.by, who), at)
            if after:
                yield verb, State(order.state), State(after)


def tried(verb: str, order: Order, values: dict[str, Any], by: Any, at: Any) -> str:
    """The state after an act that is undone again; nothing when it was refused."""
    try:
        with transaction.atomic():
            operation = getattr(operations, verb)
            state = operation(order=order, by=by, at=at, **values).state
            transaction.set_rollback(True)
    except Refused:
        return ""
    return str(state)


@pytest.mark.parametrize("model", [Order, Invitation])
def test_a_move_outside_the_flow_is_refused_by_the_model_itself(world, at, model):
    order = stories.invited(world, at)
    subject = order if model is Order else Invitation.objects.get()

    for state in set(model.FLOW) - model.FLOW[subject.state]:
        with pytest.raises(Refused) as refused:
            subject.move(state, by=world.by.sun, at=at)
        assert refused.value.code == "wrong_state"


class Loop(RuleBasedStateMachine):
    """Anybody does anything with one order, in any sequence; then everything is undone."""

    world: ClassVar[Any]
    at: ClassVar[Any]
    first: ClassVar[int]
    wished: ClassVar[Category]
    done: ClassVar[set[str]] = set()
    reasons: ClassVar[dict[str, str]] = {}

    def __init__(self) -> None:
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.order = Order.objects.with_names().get(pk=self.first)

    @rule(number=integers(0, 23))
    def whose_turn_it_is(self, number: int) -> None:
        likely = NEXT[self.order.state]
        self.act(*likely[number % len(likely)])

    @rule(verb=sampled_from(sorted(VERBS)), who=sampled_from(PEOPLE))
    def anybody(self, verb: str, who: str) -> None:
        self.act(verb, who)

    def act(self, verb: str, who: str) -> None:
        order, by = self.order, getattr(self.world.by, who)
        values = arguments(self.world, order, self.wished)[verb]
        before = order.state
        try:
            self.order = getattr(operations, verb)(order=order, by=by, at=self.at, **values)
            self.done.add(verb)
        except Refused as refused:
            self.reasons[refused.code] = refused.reason
        assert self.order.state == before or self.order.state in Order.FLOW[State(before)]

    def teardown(self) -> None:
        try:
            self.everything_holds()
        finally:
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)

    def everything_holds(self) -> None:
        connection.check_constraints()
        order = Order.objects.get(pk=self.order.pk)
        assert (order.state, order.version) == (self.order.state, self.order.version)
        assert order.state in Order.FLOW
        seqs = list(order.steps.values_list("seq", flat=True))
        assert seqs == list(range(1, order.version + 1))
        for invitation in Invitation.objects.all():
            assert invitation.steps.count() == invitation.version
        moves = [step.facts["to"] for step in self.order.steps if "to" in step.facts]
        assert ([State.PLACED, *moves])[-1] == self.order.state
        reopened = self.order.steps.filter(kind="reopened").count()
        assert self.order.round == 1 + reopened
        assert Rating.objects.count() == self.order.steps.filter(kind="rated").count()
        while chain.seal_waiting(at=self.at):
            pass
        assert chain.verify() == []


def test_no_sequence_of_acts_breaks_the_loop(world, at):
    Loop.world, Loop.at, Loop.wished = world, at, Category.objects.get(code="wish_small")
    Loop.first, Loop.done, Loop.reasons = stories.placed(world, at).pk, set(), {}

    run_state_machine_as_test(Loop, settings=settings(stateful_step_count=8))

    assert Loop.done == VERBS
    assert {"not_your_post", "wrong_state", "not_asker", "taken"} <= set(Loop.reasons)
    assert all(Loop.reasons.values())
