"""暂不打扰: for some days nobody invites."""

from datetime import timedelta

from tests.orders.stories import dispatched, invited
from tests.orders.traces import refused
from tests.people.cast import refused_code
from yizhan.orders import operations as orders
from yizhan.orders import whom
from yizhan.people import operations
from yizhan.people.models import Availability


def test_until_the_days_are_over(world, at):
    kept = operations.pause(person=world.chen, days=3, by=world.by.chen, at=at)

    assert kept.paused_until == at + timedelta(days=3)
    assert kept.is_paused(at + timedelta(days=3, seconds=-1))
    assert not kept.is_paused(at + timedelta(days=3))
    assert [(step.kind, step.facts) for step in kept.steps] == [("paused", {})]


def test_nobody_pauses_another(world, at):
    def pause():
        return operations.pause(person=world.chen, days=3, by=world.by.sun, at=at)

    assert refused_code(pause) == "not_self"


def test_who_is_paused_is_not_invited(world, at):
    operations.pause(person=world.chen, days=3, by=world.by.chen, at=at)
    order = dispatched(world, at)
    found = {one.post.person: one.is_free for one in whom.candidates(order, at)}

    assert found == {world.liu: True, world.he: True, world.chen: False}
    with refused("not_now", "这时候不方便打扰"):
        orders.invite(order=order, people=[world.he, world.chen], by=world.by.sun, at=at)
    later = at + timedelta(days=4)
    orders.invite(order=order, people=[world.chen], by=world.by.sun, at=later)


def test_what_was_asked_before_stays(world, at):
    order = invited(world, at)
    operations.pause(person=world.chen, days=3, by=world.by.chen, at=at)

    assert orders.accept(order=order, by=world.by.chen, at=at).handler == world.chen


def test_the_page(client, world, monkeypatch, at):
    monkeypatch.setattr("yizhan.people.views.times.now", lambda: at)
    client.force_login(world.chen)

    assert client.post("/me/times/pause", {"days": "7"}).headers["Location"] == "/me/times"
    page = client.get("/me/times").text
    assert "之前不邀请您接单。手上的单子照常办。" in page
    assert "恢复接单" in page
    assert "接单时间" in client.get("/me/").text
    for days in ("", "2", "-1"):
        answer = client.post("/me/times/pause", {"days": days})
        assert answer.status_code == 422, days
        assert "请选多久" in answer.text


def test_the_order_s_page_says_only_yes_or_no(client, world, at, monkeypatch, settings):
    settings.STAFF_TOTP_REQUIRED = False
    monkeypatch.setattr("yizhan.orders.views.opening.now", lambda: at)
    operations.pause(person=world.chen, days=3, by=world.by.chen, at=at)
    client.force_login(world.sun)
    page = client.get(f"/orders/{dispatched(world, at).code}/").text

    assert page.count("这时候不方便打扰") == 1
    assert Availability.objects.count() == 1
    assert "11-25" not in page
