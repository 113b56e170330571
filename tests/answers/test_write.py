"""写成「您说我办」: what was done, in words that tell of nobody, or of somebody who agreed."""

import pytest

from tests.answers.conftest import ASKED, DONE, TITLE, agrees, told, written
from tests.orders.stories import accepted, anonymous, dispatched, finished, placed, rated
from tests.orders.traces import last, refused, step
from yizhan.answers import operations
from yizhan.answers.models import Answer
from yizhan.orders import operations as orders
from yizhan.routing.models import Category

FIELDS = {"kind": "general", "title": TITLE, "asked": ASKED, "done": DONE}


def write(order, by, at, **more):
    return operations.write(order=order, told=told(**more), by=by, at=at)


@pytest.mark.parametrize("story", [finished, rated])
def test_it_waits_for_a_second_person(world, at, story):
    order = story(world, at)

    answer = write(order, world.by.sun, at)

    assert (answer.state, answer.written_by, answer.published_by) == ("waiting", world.sun, None)
    assert str(answer.month_date) == "2026-11-01"
    assert last(answer) == step("written", world.by.sun, at, order=order.pk, told="general")


@pytest.mark.parametrize("story", [placed, accepted])
def test_only_what_is_done(world, at, story):
    order = story(world, at)

    with refused("wrong_state", "办结以后"):
        write(order, world.by.sun, at)


def test_never_a_sensitive_matter(world, at):
    agrees(world, at)
    category = Category.objects.get(code="care_elder")
    order = finished(world, at, category=category)

    for kind in ("general", "story"):
        with refused("sensitive", "不公开"):
            write(order, world.by.sun, at, kind=kind)


def test_a_story_only_after_consent(world, at):
    order = finished(world, at)

    with refused("no_consent", "没有同意"):
        write(order, world.by.sun, at, kind="story")
    agrees(world, at)
    assert write(order, world.by.sun, at, kind="story").kind == "story"


def test_no_story_of_somebody_without_an_account(world, at):
    order = orders.dispatch(
        order=anonymous(world, at), unit=world.units["B1"], pool=True, by=world.by.sun, at=at
    )
    orders.accept(order=order, by=world.by.chen, at=at)
    order = orders.finish(order=order, result="换了灯泡", by=world.by.chen, at=at)

    with refused("no_consent", "没有同意"):
        write(order, world.by.sun, at, kind="story")
    assert write(order, world.by.sun, at).state == "waiting"


def test_nothing_personal_passes(world, at):
    order = finished(world, at)

    with refused("personal_data", "手机号|电话"):
        write(order, world.by.sun, at, asked="灯坏了，请打 13812345678 找我")
    number, kept = "13812345678", {"13812345678": "agreed"}
    with refused("telling", "一般答复"):
        write(order, world.by.sun, at, asked=f"灯坏了，请打 {number} 找我", kept=kept)


@pytest.mark.parametrize("who", ["liu", "chen", "aunt_wang", "feng", "anju", "qian"])
def test_nobody_else_does(world, at, who):
    order = finished(world, at)

    with refused("not_your_post", "社区或街道"):
        write(order, getattr(world.by, who), at)


def test_once(world, at):
    answer = written(world, at)

    with refused("written", "已经写过"):
        write(answer.order, world.by.ma, at)


def test_the_page_shows_what_others_would_see(world, at, browser):
    order, clerk = finished(world, at), browser("sun")

    assert "没有同意写自己的事" in clerk.get(f"{order.code}/write").text
    bare = clerk.send(f"{order.code}/write", **(FIELDS | {"title": ""}))
    assert (bare.status_code, "请写题目" in bare.text) == (422, True)
    personal = FIELDS | {"done": "请找 13812345678 的师傅换了灯"}
    answer = clerk.send(f"{order.code}/write", **personal)
    assert (answer.status_code, "别人会看到" in answer.text) == (422, True)
    assert clerk.send(f"{order.code}/write", **FIELDS).status_code == 302
    assert Answer.objects.get().title == TITLE
    late = clerk.send(f"{order.code}/write", **FIELDS)
    assert (late.status_code, "已经写过" in late.text) == (409, True)


@pytest.mark.parametrize("who", ["grandpa_li", "aunt_wang", "zhao", "feng", "qian"])
def test_outside(world, at, browser, who):
    order = finished(world, at)

    assert browser(who).get(f"{order.code}/write").status_code == 404
    assert browser(who).send(f"{order.code}/write", **FIELDS).status_code == 404


def test_the_order_asks_nothing_while_it_is_open(world, at, django_assert_num_queries):
    from yizhan.answers import case
    from yizhan.orders.models import Order

    order = Order.objects.with_names().get(pk=dispatched(world, at).pk)
    with django_assert_num_queries(0):
        assert case.cards(order, world.by.sun, at) == []
        assert case.doors(order, world.by.sun, at) == []
