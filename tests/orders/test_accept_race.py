"""Many at once, in real threads that really commit: one wins, the others hear why not."""

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.db import connections

from tests.orders.door import Door
from tests.orders.stories import dispatched, finished, invited, placed
from yizhan.base.models import Notice
from yizhan.base.verdict import Refused
from yizhan.orders import operations
from yizhan.orders.models import Invitation, Order
from yizhan.people.acting import actor_for
from yizhan.people.models import Person, Post
from yizhan.ratings.models import Level, Rating, Solved

MEMBERS = 16
RUNS = 20


def at_once(acts: Sequence[Callable[[], Any]]) -> list[Any]:
    """Start every act at the same moment in its own thread: what came of each, or its refusal."""
    outcomes: list[Any] = []
    start = threading.Barrier(len(acts))

    def run(act: Callable[[], Any]) -> None:
        start.wait()
        try:
            outcomes.append(act())
        except (Refused, AssertionError) as refused:
            outcomes.append(refused)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def codes(outcomes: list[Any]) -> Counter[str]:
    """How often each refusal came, and how many won."""
    return Counter(one.code if isinstance(one, Refused) else "won" for one in outcomes)


def members(world, at):
    """Sixteen members of the first branch."""
    actors = []
    for number in range(MEMBERS):
        person = Person.objects.create(name=f"党员{number}")
        post = Post.objects.create(
            person=person, role="member", unit=world.units["B1"], since_date=at.date()
        )
        actors.append(actor_for(person, post))
    return actors


def act(operation, **values):
    return lambda: operation(**values)


def test_sixteen_members_take_one_order(race_db, at):
    """Twenty times over: one winner, fifteen reasons, one step."""
    takers = members(race_db, at)
    for _ in range(RUNS):
        order = dispatched(race_db, at)
        outcomes = at_once([act(operations.accept, order=order, by=by, at=at) for by in takers])

        assert codes(outcomes) == {"won": 1, "taken": MEMBERS - 1}
        reasons = {one.reason for one in outcomes if isinstance(one, Refused)}
        assert reasons == {"这张单子已经有人接了"}
        [won] = [one for one in outcomes if isinstance(one, Order)]
        order.refresh_from_db()
        assert (order.state, order.version, order.handler) == ("accepted", 3, won.handler)
        assert [step.kind for step in order.steps] == ["placed", "dispatched", "accepted"]
        assert order.steps.last().actor == won.handler
        assert Notice.objects.filter(kind="order_accepted", subject_id=order.pk).count() == 1
        winner = next(by for by in takers if by.person_id == order.handler_id)
        operations.finish(order=order, result="办好了", by=winner, at=at)


def test_sixteen_invited_members_answer_at_once(race_db, at):
    takers = members(race_db, at)
    people = [Person.objects.get(pk=by.person_id) for by in takers]
    order = invited(race_db, at, *people)

    outcomes = at_once([act(operations.accept, order=order, by=by, at=at) for by in takers])

    assert codes(outcomes) == {"won": 1, "taken": MEMBERS - 1}
    states = Counter(Invitation.objects.filter(order=order).values_list("state", flat=True))
    assert states == {"accepted": 1, "lapsed": MEMBERS - 1}
    order.refresh_from_db()
    assert Invitation.objects.get(state="accepted").person == order.handler


def test_one_member_cannot_take_more_than_three_by_haste(race_db, at):
    orders = [dispatched(race_db, at) for _ in range(6)]

    outcomes = at_once(
        [act(operations.accept, order=order, by=race_db.by.chen, at=at) for order in orders]
    )

    assert codes(outcomes) == {"won": 3, "enough_in_hand": 3}


@pytest.mark.parametrize("verb", ["place", "call_back"])
def test_eight_taps_place_one_order(race_db, at, verb):
    fields = {
        "command_id": "tap",
        "words": "三单元的楼道灯不亮",
        "phone": "13800000099",
        "region": "610302002002",
    }

    answers = at_once([lambda: Door().send(verb, **fields) for _ in range(8)])

    order = Order.objects.get()
    assert [answer.status_code for answer in answers] == [302] * 8
    assert {answer.headers["Location"] for answer in answers} == {
        f"/orders/{order.receipt_code}/?new=1"
    }
    assert [step.kind for step in order.steps] == ["placed"]


def test_two_clerks_dispatch_at_once(race_db, at):
    world = race_db
    for _ in range(5):
        order = placed(world, at)
        outcomes = at_once(
            [
                act(
                    operations.dispatch,
                    order=order,
                    unit=world.units[unit],
                    pool=True,
                    by=by,
                    at=at,
                )
                for unit, by in (("B1", world.by.sun), ("B2", world.by.ma))
            ]
        )

        assert codes(outcomes) == {"won": 1, "wrong_state": 1}
        order.refresh_from_db()
        [step] = order.steps.filter(kind="dispatched")
        assert (order.version, step.facts["unit"]) == (2, order.unit.code)
        assert {"B1": world.sun, "B2": world.ma}[order.unit.code] == step.actor
        assert [one.reason for one in outcomes if isinstance(one, Refused)] == ["这张单子已经派出"]


def test_two_clerks_invite_the_same_person_at_once(race_db, at):
    order = dispatched(race_db, at, pool=False)
    outcomes = at_once(
        [
            act(operations.invite, order=order, people=[race_db.chen], by=by, at=at)
            for by in (race_db.by.sun, race_db.by.ma)
        ]
    )

    assert codes(outcomes) == {"won": 1, "asked_already": 1}
    assert Invitation.objects.filter(order=order).count() == 1


def test_withdrawn_or_accepted_but_not_both(race_db, at):
    world = race_db
    for _ in range(5):
        order = dispatched(world, at)
        outcomes = at_once(
            [
                act(operations.accept, order=order, by=world.by.he, at=at),
                act(operations.withdraw, order=order, reason="", by=world.by.aunt_wang, at=at),
            ]
        )

        order.refresh_from_db()
        late = {"accepted": "too_late", "withdrawn": "taken"}[order.state]
        assert codes(outcomes) == {"won": 1, late: 1}
        assert order.version == 3
        if order.state == "accepted":
            operations.finish(order=order, result="办好了", by=world.by.he, at=at)


def test_two_phones_rate_once(race_db, at):
    order = finished(race_db, at)
    values = {"order": order, "solved": Solved.YES, "words": "", "by": race_db.by.aunt_wang}

    outcomes = at_once(
        [act(operations.rate, level=level, at=at, **values) for level in (Level.GOOD, Level.BAD)]
    )

    assert codes(outcomes) == {"won": 1, "wrong_state": 1}
    assert Rating.objects.filter(subject_id=order.pk).count() == 1


def test_taken_back_or_accepted_but_not_both(race_db, at):
    world = race_db
    for _ in range(5):
        order = dispatched(world, at)
        outcomes = at_once(
            [
                act(operations.accept, order=order, by=world.by.he, at=at),
                act(operations.undo, order=order, by=world.by.sun, at=at),
            ]
        )

        order.refresh_from_db()
        late = {"accepted": "wrong_state", "placed": "taken"}[order.state]
        assert codes(outcomes) == {"won": 1, late: 1}
        assert order.version == 3
        if order.state == "accepted":
            operations.finish(order=order, result="办好了", by=world.by.he, at=at)
