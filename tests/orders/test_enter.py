"""代录点单: written down by staff at the counter or on the telephone."""

import pytest

from tests.orders.door import assert_kept, assert_sent_to
from tests.orders.traces import heard, last, refused, step
from tests.world import wish
from yizhan.base.codes import spaced
from yizhan.orders import operations
from yizhan.orders.forms import Enter
from yizhan.orders.models import Order
from yizhan.orders.states import Source
from yizhan.routing.models import Category
from yizhan.routing.queries import fallback


def enter(world, at, by="qian", **more):
    return operations.enter(
        wish=wish(world, **more), source=Source.WALK_IN, by=getattr(world.by, by), at=at
    )


def typed(**more):
    """What staff type into the form."""
    fields = {"source": "caller", "words": "家里水管漏水", "category": "daily_repair"}
    return {**fields, "region": "610302002002", "contact_phone": "13800000099", **more}


def test_the_keeper_writes_it_down_for_someone(world, at):
    with heard() as told:
        order = enter(world, at)

    assert (order.state, order.source) == ("placed", "walk_in")
    assert (order.author, order.entered_by) == (None, world.qian)
    facts = {"source": "walk_in", "category": "daily_repair", "station": "", "photos": 0}
    assert last(order) == step("placed", world.by.qian, at, **facts)
    arrived = sorted([("order_arrived", world.sun.pk), ("order_arrived", world.ma.pk)])
    assert told == [*arrived, ("order_placed", "13800000001")]


@pytest.mark.parametrize("who", ["sun", "ma"])
def test_clerk_and_secretary_may_too(world, at, who):
    assert enter(world, at, who).entered_by == getattr(world, who)


@pytest.mark.parametrize("who", ["aunt_wang", "chen", "liu", "zhou", "anju"])
def test_other_posts_may_not(world, at, who):
    with refused("not_your_post", "您的岗位不能代录点单"):
        enter(world, at, who)


def test_not_for_another_community(world, at):
    with refused("outside", "不在您的辖区"):
        enter(world, at, "feng")


def test_emergencies_leave_by_their_exit(world, at):
    with refused("exit_emergency", "马上拨打"):
        enter(world, at, category=Category.objects.get(code="emergency"))


def test_the_page_ends_at_the_slip(door, world):
    desk = door("qian")
    answer = desk.send("enter", **typed())

    order = Order.objects.get()
    assert (order.source, order.entered_by, order.brief) == ("caller", world.qian, "家庭小修")
    assert_sent_to(answer, f"/orders/{order.code}/slip")
    assert spaced(order.receipt_code) in desk.client.get(answer.headers["Location"]).text


def test_htmx_goes_to_the_slip_too(door):
    answer = door("sun").send("enter", htmx=True, **typed())

    assert_sent_to(answer, f"/orders/{Order.objects.get().code}/slip", htmx=True)


def test_what_is_missing_is_said_and_the_words_stay(door):
    answer = door("sun").send("enter", **typed(source=""))

    assert_kept(answer, "请选到站登记或来电登记", "家里水管漏水")
    assert not Order.objects.exists()


def test_a_post_that_may_not_is_told_so_and_the_words_stay(door):
    answer = door("aunt_wang").send("enter", **typed())

    assert_kept(answer, "您的岗位不能代录点单", status=409)
    assert not Order.objects.exists()


def test_another_communitys_clerk_is_told_so(door):
    assert_kept(door("feng").send("enter", **typed()), "不在您的辖区", "家里水管漏水", status=409)
    assert not Order.objects.exists()


def test_a_stranger_signs_in_first(door):
    answer = door().send("enter", **typed())

    assert (answer.status_code, answer.headers["Location"][:10]) == (302, "/accounts/")


def test_the_form_says_who_may(door):
    assert "您的岗位不能代录点单" in door("aunt_wang").get("enter").text
    assert "录入并打印回执" in door("qian").get("enter").text


def test_staff_fill_in_at_most_eight_fields(world):
    form = Enter(fallback=fallback())

    asked = [bound.name for bound in form.visible_fields()]
    assert 4 <= len(asked) <= 8
    assert [name for name in asked if form.fields[name].required] == ["source", "words", "region"]
