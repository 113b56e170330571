"""看谁合适: the page, whom it is for, and what never has a part in it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.dispatch.stories import points, queue, skilled
from tests.orders.stories import accepted, dispatched, finished, invited
from yizhan.dispatch import queries, screens
from yizhan.dispatch.rules import reason
from yizhan.orders import operations as orders
from yizhan.people import operations as people
from yizhan.people.models import Person, Post


def test_who_fits_and_why(world, at, door):
    points(world)
    skilled(world.chen, "水电维修、搬运")
    order = dispatched(world, at)

    page = door("sun").get("advice", order.code)

    assert page.status_code == 200
    assert "会水电维修；就在附近；手上没有别的单子" in page.text
    assert page.text.index("陈志远") < page.text.index("何秀英")
    assert page.text.count("没写会不会水电维修") == 2
    assert "三单元的楼道灯不亮" not in page.text
    assert "渭工路 18 号院" not in page.text
    assert f'action="/orders/{order.code}/invite"' in page.text


def test_the_form_invites(world, at, door, monkeypatch):
    monkeypatch.setattr("yizhan.orders.views.acting.now", lambda: at)
    order, clerk = dispatched(world, at), door("sun")
    answer = clerk.client.post(f"/orders/{order.code}/invite", {"people": [world.chen.code]})

    assert answer.status_code == 302
    assert [one.person for one in order.invitations.all()] == [world.chen]
    assert "已邀请" in clerk.get("advice", order.code).text


@pytest.mark.parametrize("who", ["sun", "ma", "liu"])
def test_whoever_may_invite_reads_it_and_finds_the_door(world, at, door, who, monkeypatch):
    monkeypatch.setattr("yizhan.orders.views.opening.now", lambda: at)
    order = dispatched(world, at)

    assert door(who).get("advice", order.code).status_code == 200
    page = door(who).client.get(f"/orders/{order.code}/").text
    assert f'href="/dispatch/order/{order.code}/advice"' in page


@pytest.mark.parametrize("who", ["aunt_wang", "chen", "zhou", "qian", "feng", "zhao", "anju"])
def test_for_everybody_else_it_does_not_exist(world, at, door, who, monkeypatch):
    monkeypatch.setattr("yizhan.orders.views.opening.now", lambda: at)
    order = dispatched(world, at)

    assert door(who).get("advice", order.code).status_code == 404
    assert "看谁合适" not in door(who).client.get(f"/orders/{order.code}/").text
    assert door().get("advice", order.code).status_code == 302


def test_when_it_is_taken_there_is_nobody_to_look_for(world, at, door):
    answer = door("sun").get("advice", accepted(world, at).code)

    assert answer.status_code == 409
    assert "派单之后、有人接单之前，才能发出邀请" in answer.text


def test_the_community_s_own_staff_can_be_asked_too(world, at, door):
    order = orders.dispatch(
        order=orders.call_in(order=dispatched(world, at), by=world.by.sun, at=at),
        unit=world.units["C"],
        pool=False,
        by=world.by.sun,
        at=at,
    )
    Post.objects.exclude(person__in=[world.sun, world.ma]).update(until_date=at.date())
    Post.objects.filter(person=world.ma).update(role="keeper")
    page = door("sun").get("advice", order.code)

    assert "孙晓梅" in page.text


def test_times_are_told_as_yes_or_no_only(world, at, door):
    """小陈 does not want to be disturbed; 何阿姨 has time on Wednesdays only. It is Sunday."""
    people.pause(person=world.chen, days=3, by=world.by.chen, at=at)
    people.keep_times(person=world.he, free=[[3, 480, 720]], by=world.by.he, at=at)
    page = door("sun").get("advice", dispatched(world, at).code)

    assert page.text.count("这时候不方便打扰") == 2
    assert page.text.count(" disabled>") == 2
    assert "周三" not in page.text
    assert "08:00" not in page.text


def test_who_took_two_this_week_rests_and_who_has_three_is_full(world, at):
    for _ in range(2):
        finished(world, at - timedelta(days=3))
    order = dispatched(world, at)
    found = {line.post.person: line.tag for line in screens.advice(order, at).others}
    later = screens.advice(order, at + timedelta(days=5))

    assert found == {world.chen: "这几天接得多，先歇一歇"}
    assert not [line for line in later.others if line.tag]


def test_load_counts_what_is_not_finished(world, at):
    accepted(world, at - timedelta(days=9))
    order = dispatched(world, at)
    words = {one.post.person: one.words for one in screens.advice(order, at).best}

    assert words[world.chen].endswith("手上有 1 件")
    assert words[world.he].endswith("手上没有别的单子")


def facts(world, at, order):
    """Everything the advice knows."""
    return queries.facts_for([order, *queries.waiting(world.by.sun)], at)


def shown(door, order):
    page = door("sun").get("advice", order.code)
    return page.text.partition("<h1>")[2].partition('name="csrf')[0], page.text.count("cand")


@pytest.mark.parametrize("decliners", [["chen"], ["he", "liu"], ["chen", "he", "liu"]])
def test_whatever_somebody_declined_the_advice_is_the_same(world, at, door, decliners):
    """Two worlds that differ in nothing but who said no."""
    asked = [getattr(world, who) for who in ("chen", "he", "liu")]
    refused = [invited(world, at, *asked) for _ in range(3)]
    queue(world, at)
    order = dispatched(world, at)
    before = facts(world, at, order), screens.advice(order, at), shown(door, order)
    old = {one.pk: screens.advice(one, at) for one in refused}

    for one in refused:
        for who in decliners:
            orders.decline(order=one, by=getattr(world.by, who), at=at)

    assert facts(world, at, order) == before[0]
    assert (screens.advice(order, at), shown(door, order)) == before[1:]
    assert {one.pk: screens.advice(one, at) for one in refused} == old


def test_how_much_somebody_took_spreads_the_burden_and_is_not_told(world, at, door):
    skilled(world.chen, "水电维修")
    skilled(world.he, "水电维修")
    for days in (12, 14, 16):
        finished(world, at - timedelta(days=days))
    order = dispatched(world, at)
    found = facts(world, at, order)
    page = door("sun").get("advice", order.code).text

    assert found.helpers[world.chen.pk].month == 3
    assert page.index("何秀英") < page.index("陈志远")
    need = found.needs[order.pk]
    assert reason(need, found.helpers[world.chen.pk]) == reason(need, found.helpers[world.he.pk])


def test_as_many_queries_for_many_people_as_for_few(world, at):
    order = dispatched(world, at)
    few = sent_for(order, at)
    for number in range(12):
        person = Person.objects.create(name=f"党员{number}", home=world.weigong)
        Post.objects.create(
            person=person, role="member", unit=world.units["B1"], since_date=at.date()
        )

    assert sent_for(order, at) == few <= 6


def sent_for(order, at):
    with CaptureQueriesContext(connection) as captured:
        screens.advice(order, at)
    return len(captured)
