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
    "contact",
    "ask_extension",
    "grant_extension",
    "refuse_extension",
}
FOLLOWS = {"answer_folded", "part", "turn_folded_away", "release_folded"}  # inside another act
NEW = {"place", "enter", "call_back", "keep_filter", "drop_filter", "forget_filters", "hand_paper"}
CLOCKWORK = {"recompute_provisional"}
PEOPLE = ("aunt_wang", "sun", "ma", "zhou", "liu", "chen", "he", "zhao")
USUAL = ("aunt_wang", "sun", "zhou", "liu", "chen")
MORE = {"escalate": ("ma",), "undo": ("ma",), "accept": ("he",), "decline": ("he",)}
# What people would do next, by state; the machine also lets anybody try anything.
NEXT: dict[str, list[tuple[str, str]]] = {
    "placed": [
        ("dispatch", "sun"),
        ("admit", "sun"),
        ("ask", "sun"),
        ("dispatch", "sun"),
        ("turn_away", "sun"),
        ("accept", "he"),
    ],
    "received": [
        ("undo", "sun"),
        ("dispatch", "sun"),
        ("set_aside", "sun"),
        ("dispatch", "sun"),
        ("ask", "sun"),
        ("amend", "sun"),
        ("escalate", "ma"),
        ("escalate", "ma"),
        ("set_aside", "sun"),
        ("fold_in", "sun"),
    ],
    "escalated": [("send_down", "zhou"), ("dispatch", "zhou"), ("ask", "zhou"), ("undo", "ma")],
    "disputed": [("settle", "zhou"), ("withdraw", "aunt_wang")],
    "pending": [
        ("conclude", "sun"),
        ("take_up", "sun"),
        ("conclude", "sun"),
        ("withdraw", "aunt_wang"),
    ],
    "merged": [("fold_out", "sun"), ("withdraw", "aunt_wang")],
    "asking": [("answer", "aunt_wang"), ("answer", "sun"), ("withdraw", "aunt_wang")],
    "dispatched": [
        ("accept", "chen"),
        ("invite", "liu"),
        ("accept", "chen"),
        ("decline", "chen"),
        ("accept", "he"),
        ("send_back", "liu"),
        ("dispute", "liu"),
        ("dispute", "liu"),
        ("call_in", "sun"),
        ("set_aside", "sun"),
        ("withdraw", "aunt_wang"),
        ("undo", "sun"),
    ],
    "accepted": [
        ("hand_over", "chen"),
        ("finish", "chen"),
        ("accept", "he"),
        ("hand_over", "chen"),
        ("finish", "chen"),
        ("finish", "sun"),
        ("ask", "chen"),
        ("accept", "he"),
        ("decline", "he"),
        ("send_back", "chen"),
        ("reveal", "chen"),
        ("ask_extension", "chen"),
        ("grant_extension", "sun"),
    ],
    "finished": [
        ("rate", "aunt_wang"),
        ("rate", "aunt_wang"),
        ("forget_asker", "sun"),
        ("reopen", "aunt_wang"),
    ],
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
        "contact": {"how": "phone"},
        "ask_extension": {"days": 2, "reason": "等零件"},
        "grant_extension": {"words": "零件要等两天"},
        "refuse_extension": {"reason": "库里有"},
        "escalate": {"reason": "要挖路"},
        "send_down": {"reason": "物业能办"},
        "call_in": {},
        "dispute": {"reason": "归物业"},
        "settle": {"unit": world.units["P"] if order.version % 2 else None, "words": "归物业"},
        "set_aside": {"reason": "等明年改造"},
        "take_up": {"reason": "钱到了"},
        "conclude": {"result": "改好了", "owner": world.ma},
        "fold_in": {"main": Order.objects.get(pk=Loop.other)},
        "fold_out": {},
    }


VERBS = set(operations.__all__) - NEW - FOLLOWS - CLOCKWORK


def asked_by_handler(world: Any, at: Any) -> Order:
    order = stories.accepted(world, at)
    return operations.ask(order=order, question="几楼？", by=world.by.chen, at=at)


def more_time_asked(world: Any, at: Any) -> Order:
    order, by = stories.accepted(world, at), world.by.chen
    return operations.ask_extension(order=order, days=2, reason="等零件", by=by, at=at)


def asked_by_the_street(world: Any, at: Any) -> Order:
    order = stories.escalated(world, at)
    return operations.ask(order=order, question="几楼？", by=world.by.zhou, at=at)


def dispatched_by_the_street(world: Any, at: Any) -> Order:
    order, unit = stories.escalated(world, at), world.units["B1"]
    return operations.dispatch(order=order, unit=unit, pool=True, by=world.by.zhou, at=at)


def turned_away_by_the_street(world: Any, at: Any) -> Order:
    order = stories.escalated(world, at)
    return operations.turn_away(order=order, words="请到供电所", by=world.by.zhou, at=at)


def disputed_again(world: Any, at: Any) -> Order:
    """The same with an odd number of steps, so that a unit is appointed."""
    order = stories.received(world, at)
    given = {"unit": world.units["B1"], "pool": True, "by": world.by.sun, "at": at}
    order = operations.dispatch(order=order, **given)
    return operations.dispute(order=order, reason="归物业", by=world.by.liu, at=at)


def aside(story: Callable[..., Order]) -> Callable[..., Order]:
    """Set aside from where the story leaves it."""

    def told(world: Any, at: Any) -> Order:
        return operations.set_aside(order=story(world, at), reason="等", by=world.by.sun, at=at)

    return told


def folded_by_the_street(world: Any, at: Any) -> Order:
    main = stories.placed(world, at)
    order = stories.escalated(world, at)
    return operations.fold_in(order=order, main=main, by=world.by.zhou, at=at)


def folded_when_received(world: Any, at: Any) -> Order:
    main = stories.placed(world, at)
    return operations.fold_in(order=stories.received(world, at), main=main, by=world.by.sun, at=at)


def answered(world: Any, at: Any) -> Order:
    """Merged into one that is done."""
    main = stories.accepted(world, at)
    order = stories.placed(world, at)
    operations.fold_in(order=order, main=main, by=world.by.sun, at=at)
    operations.finish(order=main, result="好了", by=world.by.chen, at=at)
    return Order.objects.lock(order)


SITUATIONS: tuple[Callable[..., Order], ...] = (
    stories.placed,
    stories.received,
    stories.asked,
    asked_by_handler,
    stories.dispatched,
    stories.invited,
    stories.accepted,
    stories.handing_over,
    more_time_asked,
    stories.finished,
    stories.rated,
    stories.turned_away,
    stories.withdrawn,
    stories.escalated,
    asked_by_the_street,
    dispatched_by_the_street,
    turned_away_by_the_street,
    folded_by_the_street,
    stories.disputed,
    disputed_again,
    stories.set_aside,
    *(aside(story) for story in (stories.escalated, stories.dispatched, stories.accepted)),
    stories.folded,
    folded_when_received,
    answered,
)


def test_every_move_of_the_flow_has_an_operation_and_there_is_no_other(world, at):
    """Everyone tries everything in every situation; whatever succeeds is a move of FLOW."""
    made, stayed = set(), set()
    for story in SITUATIONS:
        with transaction.atomic():
            Loop.other = stories.placed(world, at).pk
            order = story(world, at)
            for verb, before, after in successes(world, order, at):
                if after == before:
                    stayed.add(verb)
                else:
                    made.add((before, after))
            transaction.set_rollback(True)

    made.add((State.MERGED, State.TURNED_AWAY))  # by the act on its main: test_turn_folded_away
    assert made == {(state, to) for state, targets in Order.FLOW.items() for to in targets}
    assert stayed == STAYS | {"accept"}


def test_no_state_is_a_dead_end():
    """From everywhere the asker can come to an answer; only what they withdrew goes no further."""
    answers = {State.FINISHED, State.RATED, State.TURNED_AWAY}
    for state in set(State) - {State.WITHDRAWN}:
        reached, new = {state}, {state}
        while new:
            new = {to for one in new for to in Order.FLOW[one]} - reached
            reached |= new
        assert reached & answers, state
    assert [state for state in State if not Order.FLOW[state]] == [State.WITHDRAWN]


def successes(world: Any, order: Order, at: Any) -> Iterator[tuple[str, State, State]]:
    """Every act that somebody may do on this order now: the verb, the state before and after."""
    given = arguments(world, order, Category.objects.get(code="wish_small"))
    assert set(given) == VERBS
    for verb in VERBS:
        for who in (*USUAL, *MORE.get(verb, ())):
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
    other: ClassVar[int]
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
    Loop.other = stories.placed(world, at).pk

    run_state_machine_as_test(Loop, settings=settings(max_examples=120, stateful_step_count=12))

    assert Loop.done >= {"accept", "finish", "rate", "escalate", "dispute", "set_aside", "fold_in"}
    assert {"not_your_post", "wrong_state", "not_asker", "taken"} <= set(Loop.reasons)
    assert all(Loop.reasons.values())
