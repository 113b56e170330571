"""按改过的再算一次: what the dispatcher decided stays, the rest is computed around it."""

import pytest

from tests.dispatch.stories import chosen, form, queue, skilled
from yizhan.base.verdict import Refused
from yizhan.dispatch import operations
from yizhan.dispatch.operations import Choice
from yizhan.orders import operations as orders


def drawn(world, at, count=3):
    skilled(world.chen, "水电维修")
    waiting = queue(world, at, count)
    return operations.draw_up(by=world.by.sun, at=at), waiting


def adjust(plan, choices, by, at):
    return operations.adjust(plan=plan, choices=choices, by=by, at=at)


def test_what_was_changed_stays_and_takes_its_room(world, at):
    plan, (first, second, third) = drawn(world, at)
    given = chosen(plan)
    free = next(pk for pk, person in given.items() if person != world.chen.pk)
    choices = {free: Choice(world.chen)}

    plan = adjust(plan, choices, world.by.sun, at)

    after = chosen(plan)
    assert after[free] == world.chen.pk
    assert list(after.values()).count(world.chen.pk) == 2
    assert [row.is_locked for row in plan.proposals.filter(order=free)] == [True]
    step = plan.steps.last()
    assert (step.kind, step.facts["locked"], step.facts["proven"]) == ("adjusted", 1, True)
    assert {first.pk, second.pk, third.pk} == set(after)


def test_nobody_is_a_decision_too(world, at):
    plan, waiting = drawn(world, at)
    plan = adjust(plan, {waiting[0].pk: Choice(None)}, world.by.sun, at)

    assert chosen(plan)[waiting[0].pk] is None
    row = plan.proposals.get(order=waiting[0])
    assert row.is_locked
    assert row.first_id is not None  # that it was changed is still to be counted


def test_what_is_locked_unchanged_stays(world, at):
    plan, waiting = drawn(world, at)
    before = chosen(plan)
    mine = [pk for pk, person in before.items() if person == world.chen.pk]
    locked = {pk: Choice(world.chen, is_locked=True) for pk in mine}
    plan = adjust(plan, locked, world.by.ma, at)

    assert {pk: person for pk, person in chosen(plan).items() if pk in locked} == dict.fromkeys(
        locked, world.chen.pk
    )
    assert len(waiting) == 3


def test_the_plan_is_made_anew_for_what_has_changed(world, at):
    plan, waiting = drawn(world, at)
    orders.amend(
        order=waiting[0], category=waiting[0].category, brief="换灯泡",
        version=waiting[0].version, by=world.by.sun, at=at,
    )  # fmt: skip
    plan = adjust(plan, {}, world.by.sun, at)

    waiting[0].refresh_from_db()
    assert plan.proposals.get(order=waiting[0]).seen == waiting[0].version


@pytest.mark.parametrize("who", ["liu", "chen", "feng", "zhou"])
def test_nobody_else(world, at, who, door):
    plan, _ = drawn(world, at)
    with pytest.raises(Refused) as caught:
        adjust(plan, {}, getattr(world.by, who), at)

    assert caught.value.code in ("not_your_post", "outside")
    assert door(who).send("adjust", plan.code).status_code == 404
    assert plan.steps.count() == 1


def test_what_is_dropped_is_not_changed_any_more(world, at, door):
    plan, _ = drawn(world, at)
    clerk = door("sun")
    other = operations.draw_up(by=world.by.ma, at=at)
    with pytest.raises(Refused, match="已作废") as caught:
        adjust(plan, {}, world.by.sun, at)

    assert caught.value.code == "dropped"
    answer = clerk.send("adjust", plan.code)
    assert answer.status_code == 409
    assert "这份方案已作废，有人重新拟了一份" in answer.text
    assert "已作废" in clerk.get("plan", plan.code).text
    assert clerk.get("plan", other.code).status_code == 200


def test_the_form(world, at, door):
    plan, (first, *_) = drawn(world, at)
    clerk = door("sun")
    fields = {**form(plan, (first, world.he)), f"lock-{first.code}": "on"}

    answer = clerk.send("adjust", plan.code, **fields)

    assert answer.headers["Location"] == f"/dispatch/{plan.code}/plan"
    assert chosen(plan)[first.pk] == world.he.pk
    assert "已按您改的再算了一次" in clerk.get("plan", plan.code).text
    assert clerk.send("adjust", plan.code).status_code == 422
    wrong = clerk.send("adjust", plan.code, **form(plan, (first, world.zhao)))
    assert wrong.status_code == 422
    assert "这位现在不能邀请，请另选一位" in wrong.text
    assert chosen(plan)[first.pk] == world.he.pk


def test_what_was_taken_or_went_back_since_then(world, at, door):
    plan, (first, second, third) = drawn(world, at)
    orders.accept(order=first, by=world.by.he, at=at)
    orders.call_in(order=second, by=world.by.sun, at=at)
    clerk = door("sun")
    page = clerk.get("plan", plan.code).text
    assert page.count("已经有人接了，或进展变了，不用再邀请") == 2

    fields = {f"to-{order.code}": "-" for order in (first, second)}
    person = plan.proposals.get(order=third).person
    answer = clerk.send("adjust", plan.code, **fields, **{f"to-{third.code}": person.code})

    assert answer.status_code == 302
    given = chosen(plan)
    assert (given[first.pk], given[second.pk]) == (None, None)
    assert given[third.pk] is not None
