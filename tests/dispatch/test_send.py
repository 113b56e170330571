"""发出邀请: one invitation for each order, each for itself; nobody is given anything."""

import ast

import pytest

from tests import house
from tests.dispatch.stories import chosen, form, queue, skilled
from tests.orders.traces import heard, kinds
from yizhan.base.actor import CLOCK
from yizhan.base.verdict import Refused
from yizhan.dispatch import operations
from yizhan.dispatch.models import Plan
from yizhan.dispatch.operations import Choice
from yizhan.orders import operations as orders
from yizhan.orders.models import Invitation, Order
from yizhan.people import operations as people
from yizhan.portal.operations import switch


def drawn(world, at, count=3):
    skilled(world.chen, "水电维修")
    waiting = queue(world, at, count)
    return operations.draw_up(by=world.by.sun, at=at), waiting


def send(plan, choices, by, at):
    return operations.send(plan=plan, choices=choices, by=by, at=at)


def test_everybody_chosen_is_invited_and_nobody_has_anything_in_hand(world, at):
    plan, waiting = drawn(world, at)
    given = chosen(plan)

    with heard() as told:
        plan = send(plan, {}, world.by.sun, at)

    sent = Invitation.objects.order_by("order")
    assert [(one.order_id, one.person_id, one.state) for one in sent] == [
        (order.pk, given[order.pk], "sent") for order in waiting
    ]
    assert told == sorted(("order_invited", given[order.pk]) for order in waiting)
    for order in Order.objects.filter(pk__in=given):
        assert (order.state, order.handler, order.version) == ("dispatched", None, 2)
        assert kinds(order) == ["placed", "dispatched"]
    assert (plan.state, plan.sent_at) == ("sent", at)
    counts = {"orders": 3, "proposed": 3, "changed": 0, "invited": 3, "refused": 0}
    assert plan.counts == counts
    assert plan.steps.last().facts == {"from": "draft", "to": "sent", **counts}
    assert set(plan.proposals.values_list("outcome", "first")) == {("invited", None)}


def test_what_was_changed_and_left_out_is_counted(world, at):
    plan, (first, second, third) = drawn(world, at)
    given = chosen(plan)
    other = next(p for p in (world.he, world.liu) if p.pk != given[first.pk])

    plan = send(plan, {first.pk: Choice(other), second.pk: Choice(None)}, world.by.sun, at)

    assert plan.counts == {"orders": 3, "proposed": 3, "changed": 2, "invited": 2, "refused": 0}
    assert set(Invitation.objects.values_list("order", "person")) == {
        (first.pk, other.pk),
        (third.pk, given[third.pk]),
    }


def test_one_that_is_taken_by_now_does_not_hold_up_the_others(world, at, door):
    plan, (first, second, third) = drawn(world, at)
    orders.accept(order=first, by=world.by.he, at=at)
    orders.invite(
        order=second, people=[plan.proposals.get(order=second).person], by=world.by.ma, at=at
    )

    plan = send(plan, {}, world.by.sun, at)

    found = dict(plan.proposals.values_list("order", "outcome"))
    assert found == {first.pk: "stale", second.pk: "asked_already", third.pk: "invited"}
    assert (plan.counts["invited"], plan.counts["refused"]) == (1, 2)
    first.refresh_from_db()
    assert first.handler == world.he
    page = door("sun").get("plan", plan.code).text
    for words in ("单子刚有变化，没有发出", "已经邀请过这位，没有再发", "已邀请"):
        assert words in page


def test_who_does_not_want_to_be_disturbed_since_then(world, at):
    plan, waiting = drawn(world, at)
    given = chosen(plan)
    people.pause(person=world.chen, days=1, by=world.by.chen, at=at)

    plan = send(plan, {}, world.by.sun, at)

    assert dict(plan.proposals.values_list("order", "outcome")) == {
        pk: "not_now" if person == world.chen.pk else "invited" for pk, person in given.items()
    }
    assert not Invitation.objects.filter(person=world.chen).exists()
    assert len(waiting) == 3


def test_a_plan_is_sent_once(world, at):
    plan, _ = drawn(world, at)
    send(plan, {}, world.by.sun, at)
    with pytest.raises(Refused, match="这份方案的邀请已经发出") as caught:
        send(plan, {}, world.by.ma, at)

    assert caught.value.code == "sent"
    assert Invitation.objects.count() == 3


def test_somebody_must_be_chosen(world, at):
    plan, waiting = drawn(world, at)
    with pytest.raises(Refused, match="还没有给任何一张单子选人") as caught:
        send(plan, {order.pk: Choice(None) for order in waiting}, world.by.sun, at)

    assert caught.value.code == "nobody"
    assert Plan.objects.get().state == "draft"


@pytest.mark.parametrize("who", ["liu", "chen", "feng", "zhou", "aunt_wang"])
def test_nobody_else(world, at, who, door):
    plan, _ = drawn(world, at)
    with pytest.raises(Refused) as caught:
        send(plan, {}, getattr(world.by, who), at)

    assert caught.value.code in ("not_your_post", "outside")
    assert door(who).send("send", plan.code).status_code == 404
    assert not Invitation.objects.exists()


def test_the_page_and_a_double_tap(world, at, door):
    plan, (first, second, third) = drawn(world, at)
    clerk = door("sun")
    fields = form(plan, (first, world.he), (second, None), (third, world.chen))
    for _ in range(2):
        answer = clerk.send("send", plan.code, command_id="tap", **fields)
        assert answer.headers["Location"] == f"/dispatch/{plan.code}/plan"

    assert set(Invitation.objects.values_list("order", "person")) == {
        (first.pk, world.he.pk),
        (third.pk, world.chen.pk),
    }
    page = clerk.get("plan", plan.code).text
    assert "发出邀请 2 份。接不接由本人定。" in page
    assert "这次没有邀请" in page
    assert "改过 " in clerk.get("queue").text


def test_where_orders_are_off_nothing_is_shown_or_sent(world, at, door):
    """The branch plans for itself: its street has switched orders off since."""
    queue(world, at)
    plan = operations.draw_up(by=world.by.liu, at=at)
    switch(module="orders", region_code="610302002", on=False, by=CLOCK, at=at)
    with pytest.raises(Refused) as caught:
        send(plan, {}, world.by.liu, at)

    assert caught.value.code == "nobody"
    assert not Invitation.objects.exists()


def test_declining_afterwards_changes_nothing_of_a_plan(world, at, door):
    plan, (first, *_) = drawn(world, at)
    plan = send(plan, {}, world.by.sun, at)
    clerk = door("sun")
    clerk.get("plan", plan.code)
    rows = list(plan.proposals.values()), Plan.objects.values().get()
    before = clerk.get("plan", plan.code).text.partition("<h1>")[2], clerk.get("queue").text[:0]
    person = plan.proposals.get(order=first).person
    by = next(by for by in vars(world.by).values() if by.person_id == person.pk)
    orders.decline(order=first, by=by, at=at)

    assert (list(plan.proposals.values()), Plan.objects.values().get()) == rows
    after = clerk.get("plan", plan.code).text.partition("<h1>")[2]
    assert without_tokens(after) == without_tokens(before[0])


def without_tokens(page):
    return [line for line in page.splitlines() if "csrfmiddlewaretoken" not in line]


def test_nothing_here_gives_an_order_to_anybody():
    """A person is only ever invited: no code of this package takes an order for somebody."""
    forbidden = {"accept", "hand_over", "decline", "take_up", "conclude", "finish"}
    for path in (house.PRODUCT / "dispatch").rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        called = {house.called(call) for call in house.calls(tree)}
        written = {
            node.attr
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
        }
        assert not called & forbidden, path
        assert not written & {"handler", "handler_id", "state"}, path
        assert "accept_rate" not in path.read_text("utf-8")
