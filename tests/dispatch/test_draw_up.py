"""拟方案: one proposal for every order that waits, at least cost, and nothing sent yet."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.dispatch.stories import chosen, points, queue, skilled
from tests.orders.stories import accepted, dispatched, invited, placed
from tests.orders.traces import heard
from yizhan.base.verdict import Refused
from yizhan.dispatch import operations, queries, screens
from yizhan.dispatch.models import Plan
from yizhan.orders import operations as orders
from yizhan.orders.models import Invitation, Order
from yizhan.people import operations as people


def draw_up(by, at, **more):
    return operations.draw_up(by=by, at=at, **more)


def test_a_plan_for_what_waits(world, at):
    points(world)
    skilled(world.chen, "水电维修")
    placed(world, at)
    accepted(world, at)
    invited(world, at)
    waiting = queue(world, at, 2)

    with heard() as told:
        plan = draw_up(world.by.sun, at)

    assert (plan.state, plan.version, plan.region_code, plan.unit_path) == (
        "draft", 1, world.weigong.code, "",
    )  # fmt: skip
    assert list(chosen(plan)) == [order.pk for order in waiting]
    assert world.chen.pk not in chosen(plan).values()  # one in hand, one asked for: no room left
    assert all(row.first_id == row.person_id for row in plan.proposals.all())
    step = plan.steps.get()
    assert (step.kind, step.actor_id, step.at) == ("drawn_up", world.sun.pk, at)
    assert {**step.facts, "cost": 0} == {"orders": 2, "found": 2, "cost": 0, "proven": True}
    assert told == []
    assert Invitation.objects.count() == 1
    assert set(Order.objects.filter(pk__in=chosen(plan)).values_list("state", "handler")) == {
        ("dispatched", None)
    }


def test_the_skilled_and_near_are_chosen_and_nobody_gets_more_than_two(world, at):
    skilled(world.chen, "水电维修")
    queue(world, at, 3)

    given = list(chosen(draw_up(world.by.sun, at)).values())

    assert given.count(world.chen.pk) == 2
    assert len(given) == 3
    assert None not in given


def test_when_there_are_more_orders_than_room_the_late_go_first(world, at):
    queue(world, at, 5)
    late = dispatched(world, at - timedelta(days=30))
    others = queue(world, at, 5)
    plan = draw_up(world.by.liu, at)

    assert chosen(plan)[late.pk] is not None
    given = [person for person in chosen(plan).values() if person]
    assert len(given) == 6  # three people of the branch, two each
    assert len(chosen(plan)) == len(others) + 6


def test_only_one_unit_and_those_asked_before(world, at):
    first = dispatched(world, at)
    asked = invited(world, at)
    other = orders.dispatch(
        order=placed(world, at), unit=world.units["B2"], pool=True, by=world.by.sun, at=at
    )

    assert set(chosen(draw_up(world.by.sun, at))) == {first.pk, other.pk}
    assert set(chosen(draw_up(world.by.sun, at, unit=world.units["B2"]))) == {other.pk}
    plan = draw_up(world.by.sun, at, asked_too=True)
    assert set(chosen(plan)) == {first.pk, asked.pk, other.pk}
    assert chosen(plan)[asked.pk] not in (None, world.chen.pk)


def test_whoever_leads_a_unit_plans_for_it_alone(world, at):
    mine = dispatched(world, at)
    orders.dispatch(
        order=placed(world, at), unit=world.units["B2"], pool=True, by=world.by.sun, at=at
    )
    plan = draw_up(world.by.liu, at)

    assert list(chosen(plan)) == [mine.pk]
    assert (plan.region_code, plan.unit_path) == ("", world.units["B1"].path)
    assert list(Plan.objects.visible_to(world.by.liu)) == [plan]
    assert not Plan.objects.visible_to(world.by.sun).exists()
    assert not Plan.objects.visible_to(world.by.zhao).exists()


def test_another_plan_drops_the_former_and_forgets_who_stood_in_it(world, at):
    queue(world, at)
    old = draw_up(world.by.sun, at)
    new = draw_up(world.by.ma, at)

    old.refresh_from_db()
    assert (old.state, new.state) == ("dropped", "draft")
    assert [step.kind for step in old.steps] == ["drawn_up", "dropped"]
    assert set(old.proposals.values_list("person", "first")) == {(None, None)}


def test_no_order_waits(world, at):
    placed(world, at)
    with pytest.raises(Refused, match="没有等着邀请的单子") as caught:
        draw_up(world.by.sun, at)

    assert caught.value.code == "nothing"
    assert not Plan.objects.exists()


@pytest.mark.parametrize("who", ["aunt_wang", "chen", "zhou", "qian", "zhao", "anju"])
def test_nobody_else(world, at, who, door):
    queue(world, at)
    with pytest.raises(Refused) as caught:
        draw_up(getattr(world.by, who), at)

    assert caught.value.code == "not_your_post"
    assert door(who).get("queue").status_code == 404
    assert door(who).send("draw_up").status_code == 404
    assert not Plan.objects.exists()


def test_a_clerk_elsewhere_plans_for_their_own_community(world, at):
    queue(world, at)
    with pytest.raises(Refused) as caught:
        draw_up(world.by.feng, at)

    assert caught.value.code == "nothing"


def test_the_same_world_gives_the_same_plan(world, at):
    queue(world, at, 4)

    assert chosen(draw_up(world.by.sun, at)) == chosen(draw_up(world.by.sun, at))


def test_who_is_not_to_be_disturbed_is_not_in_a_plan(world, at):
    people.pause(person=world.chen, days=3, by=world.by.chen, at=at)
    queue(world, at, 6)

    assert world.chen.pk not in chosen(draw_up(world.by.sun, at)).values()


@pytest.mark.parametrize("who", ["chen", "he", "liu"])
def test_whatever_somebody_declined_the_plan_is_the_same(world, at, who):
    refused = invited(world, at, world.chen, world.he, world.liu)
    queue(world, at, 3)
    before = chosen(draw_up(world.by.sun, at))
    orders.decline(order=refused, by=getattr(world.by, who), at=at)

    assert chosen(draw_up(world.by.sun, at)) == before


def test_the_pages(world, at, door):
    points(world)
    waiting = queue(world, at)
    clerk = door("sun")
    page = clerk.get("queue").text
    assert all(order.code in page for order in waiting)
    assert "一起邀请" in page
    assert "有一份方案等您看" not in page

    answer = clerk.send("draw_up", unit="B1")

    plan = Plan.objects.get()
    assert answer.headers["Location"] == f"/dispatch/{plan.code}/plan"
    page = clerk.get("plan", plan.code).text
    assert "2 张单子，2 张找到了合适的人；都在附近；一个人最多邀请 1 张" in page
    assert page.count("没写会不会水电维修；就在附近；手上没有别的单子") == 2 + 2 * 3
    assert "有一份方案等您看" in clerk.get("queue").text
    assert "三单元的楼道灯不亮" not in page
    assert clerk.send("draw_up", unit="nowhere").status_code == 422
    assert door("feng").get("plan", plan.code).status_code == 404


def test_a_double_tap_draws_up_one(world, at, door):
    queue(world, at)
    clerk = door("sun")
    paths = {clerk.send("draw_up", command_id="tap").headers["Location"] for _ in range(2)}

    assert len(paths) == 1
    assert Plan.objects.count() == 1


def test_as_many_queries_for_many_orders_as_for_few(world, at):
    def sent(count):
        queue(world, at, count)
        with CaptureQueriesContext(connection) as captured:
            plan = draw_up(world.by.sun, at)
        with CaptureQueriesContext(connection) as shown:
            screens.plan_screen(plan, at)
        return len(captured), len(shown)

    draw_up(world.by.sun, at) if queue(world, at, 1) else None
    assert sent(1) == sent(9)
    assert len(queries.waiting(world.by.sun)) == 11
