"""撤销: take back what was just done by mistake, as long as nobody has built on it."""

from datetime import timedelta

import pytest

from tests.orders import stories
from tests.orders.door import OUTSIDERS, assert_fragment, assert_sent_to
from tests.orders.stories import dispatched, placed, turned_away
from tests.orders.traces import heard, last, refused, step
from yizhan.orders import operations
from yizhan.orders.models import Order
from yizhan.routing.models import Category

MINUTES = timedelta(minutes=10)


def admitted(world, at):
    return operations.admit(order=placed(world, at), by=world.by.sun, at=at)


def amended(world, at):
    return operations.amend(
        order=placed(world, at),
        category=Category.objects.get(code="facility_light"),
        brief="楼道照明",
        version=1,
        by=world.by.sun,
        at=at,
    )


def undo(order, by, at):
    return operations.undo(order=order, by=by, at=at)


@pytest.mark.parametrize(
    ("story", "kind", "told"),
    [
        (admitted, "admitted", {"order_undone": "aunt_wang"}),
        (dispatched, "dispatched", {"order_undone": "aunt_wang", "order_taken_back": "liu"}),
        (turned_away, "turned_away", {"order_kept": "aunt_wang"}),
    ],
)
def test_the_clerk_takes_back_the_last_step(world, at, story, kind, told):
    order, by = story(world, at), world.by.sun
    before = order.state

    with heard() as messages:
        order = undo(order, by, at + MINUTES)

    order.refresh_from_db()
    assert (order.state, order.version, order.unit, order.pool) == ("placed", 3, None, False)
    facts = {"from": before, "to": "placed", "undone": kind}
    assert last(order) == step("undone", by, at + MINUTES, **facts)
    assert messages == sorted((one, getattr(world, key).pk) for one, key in told.items())


def test_it_goes_back_to_where_it_was(world, at):
    order = operations.dispatch(
        order=admitted(world, at), unit=world.units["B1"], pool=True, by=world.by.sun, at=at
    )

    assert undo(order, world.by.sun, at).state == "received"


def test_category_and_brief_are_as_before(world, at):
    order = placed(world, at)
    operations.amend(
        order=order, category=order.category, brief="换灯泡", version=1, by=world.by.sun, at=at
    )
    light = Category.objects.get(code="facility_light")
    operations.amend(order=order, category=light, brief="照明", version=2, by=world.by.sun, at=at)

    with heard() as told:
        order = undo(order, world.by.sun, at)

    order.refresh_from_db()
    assert (order.category.code, order.brief, order.state) == ("daily_repair", "换灯泡", "placed")
    assert last(order) == step("undone", world.by.sun, at, undone="amended")
    assert told == []


def test_an_invitation_of_an_earlier_dispatch_is_no_hindrance(world, at):
    order = stories.invited(world, at)
    operations.send_back(order=order, reason="忙不过来", by=world.by.liu, at=at)
    later = at + timedelta(minutes=1)
    give = {"unit": world.units["B1"], "pool": True, "by": world.by.sun, "at": later}
    operations.dispatch(order=order, **give)

    assert undo(order, world.by.sun, later).state == "received"


@pytest.mark.parametrize(
    ("story", "who", "late", "code", "words"),
    [
        (dispatched, "ma", 0, "not_yours", "只有刚才办这一步的人"),
        (dispatched, "sun", 11, "too_late", "超过 10 分钟"),
        (dispatched, "chen", 0, "not_your_post", "社区工作人员"),
        (dispatched, "aunt_wang", 0, "not_your_post", "社区工作人员"),
        (stories.invited, "sun", 0, "invited", "邀请已经发出"),
        (stories.accepted, "sun", 0, "wrong_state", "已经往下办了"),
        (stories.asked, "sun", 0, "wrong_state", "不能撤销"),
        (placed, "sun", 0, "wrong_state", "不能撤销"),
        (stories.rated, "sun", 0, "wrong_state", "不能撤销"),
    ],
)
def test_each_refusal(world, at, story, who, late, code, words):
    order = story(world, at)

    with refused(code, words):
        undo(order, getattr(world.by, who), at + timedelta(minutes=late))


def test_it_is_not_undone_twice(world, at):
    order = undo(dispatched(world, at), world.by.sun, at)

    with refused("wrong_state", "不能撤销"):
        undo(order, world.by.sun, at)


def test_the_record_and_the_toast_offer_it(world, at, door):
    clerk, order = door("sun"), placed(world, at)
    answer = clerk.send("dispatch", order, htmx=True, unit="B1", pool="on")

    assert_fragment(answer, "撤销")
    assert answer.text.count(f'action="/orders/{order.code}/undo"') == 2
    assert clerk.get("show", order).text.count(f'action="/orders/{order.code}/undo"') == 1
    assert "/undo" not in door("ma").get("show", order).text
    undone = clerk.send("undo", order, htmx=True)
    assert_fragment(undone, "已撤销", "撤销派单")
    order.refresh_from_db()
    assert order.state == "placed"


def test_the_page_goes_back_to_the_order(world, at, door):
    order = dispatched(world, at)

    assert_sent_to(door("sun").send("undo", order), f"/orders/{order.code}/")


def test_the_asker_reads_what_was_taken_back_but_no_inner_matters(world, at, door):
    order = undo(dispatched(world, at), world.by.sun, at)
    inner = undo(amended(world, at), world.by.sun, at)

    assert "撤销派单" in door("aunt_wang").get("show", order).text
    assert "撤销" not in door("aunt_wang").get("show", inner).text
    assert "撤销修改分类" in door("sun").get("show", inner).text


@pytest.mark.parametrize("who", OUTSIDERS)
def test_outside_the_area_there_is_no_order(world, at, door, who):
    assert door(who).send("undo", dispatched(world, at)).status_code == 404


def test_late_is_409_with_the_reason_on_the_page(world, at, door):
    order = dispatched(world, at)
    operations.accept(order=order, by=world.by.chen, at=at)
    answer = door("sun").send("undo", order)

    assert answer.status_code == 409
    assert "已经往下办了" in answer.text
    assert Order.objects.get(pk=order.pk).state == "accepted"
