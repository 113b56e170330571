"""吹哨: the street calls several units on one order."""

from datetime import UTC, datetime, timedelta
from html import unescape

import pytest

from tests.orders.stories import accepted, finished
from tests.orders.traces import heard, last, refused, step
from tests.whistles.stories import MATTER, blown, call_of, passed_up
from yizhan.base.models import Notice
from yizhan.orders.models import Order
from yizhan.whistles import beside
from yizhan.whistles.models import Call, Whistle
from yizhan.whistles.operations.blowing import Brief

# Until when a unit answers that is called on Sunday at noon.
ANSWER_BY = {
    "routine": datetime(2026, 11, 24, 10, tzinfo=UTC),
    "assault": datetime(2026, 11, 23, 10, tzinfo=UTC),
    "emergency": datetime(2026, 11, 22, 5, tzinfo=UTC),
}


def test_the_street_calls_two_units(world, at):
    order = passed_up(world, at)
    with heard() as told:
        whistle = blown(world, at, order=order)

    assert (whistle.state, whistle.kind, whistle.matter) == ("open", "routine", MATTER)
    assert (whistle.caller, whistle.due_at) == (world.units["S"], order.finish_by)
    calls = {call.unit.code: call for call in Call.objects.select_related("unit")}
    assert {code: (call.part, call.state) for code, call in calls.items()} == {
        "P": ("lead", "called"), "B1": ("helper", "called"),
    }  # fmt: skip
    blow = step("blown", world.by.zhou, at, order=order.pk, about="routine")
    assert last(whistle) == blow
    assert last(calls["P"]) == step("called", world.by.zhou, at, unit="P", part="lead")
    assert told == [("whistle_called", world.liu.pk), ("whistle_called", world.anju.pk)]
    order.refresh_from_db()
    assert order.state == "escalated"


@pytest.mark.parametrize("kind", ANSWER_BY)
def test_each_kind_has_its_time_for_the_answer(world, at, kind):
    call = call_of(blown(world, at, kind=kind), "P")

    assert call.answer_by.astimezone(UTC) == ANSWER_BY[kind]
    assert not call.is_late(call.answer_by)
    assert call.is_late(call.answer_by + timedelta(seconds=1))


def test_an_emergency_is_told_at_any_hour(world, at):
    blown(world, at, kind="emergency")

    notice = Notice.objects.filter(to=world.anju).latest("pk")
    assert (notice.kind, notice.link[:10]) == ("whistle_urgent", "/whistles/")
    assert "今天 13:00 前回应" in notice.text or "前回应" in notice.text


@pytest.mark.parametrize("who", ["aunt_wang", "sun", "ma", "liu", "chen", "anju", "feng"])
def test_nobody_else_blows(world, at, who):
    order = passed_up(world, at)

    with refused("not_your_post", "吹哨由街道或区里来做"):
        blown(world, at, order=order, by=getattr(world.by, who))


def test_one_at_a_time(world, at):
    whistle = blown(world, at)

    with refused("blown", "已经吹过哨"):
        blown(world, at, order=whistle.order)


def test_not_on_what_is_done(world, at):
    order = finished(world, at)

    with refused("wrong_state", "不用吹哨了"):
        blown(world, at, order=order)


def test_also_on_an_order_of_the_area_that_somebody_does(world, at):
    assert blown(world, at, order=accepted(world, at)).state == "open"


def test_no_personal_data_unseen(world, at):
    order = passed_up(world, at)

    with refused("personal_data", "别人会看到"):
        blown(world, at, order=order, brief=Brief("routine", "找 13800000001 王桂兰"))


def test_no_unit_of_elsewhere(world, at):
    order = passed_up(world, at)

    with refused("unit_elsewhere", "不在本社区和街道的承办范围"):
        blown(world, at, order=order, lead=world.units["C2"])
    assert not Whistle.objects.exists()


def fields(**more):
    return {"kind": "assault", "matter": MATTER, "lead": "P", "helpers": ["B1", "B2"]} | more


def test_the_page(world, at, desk):
    order, street = passed_up(world, at), desk("zhou")
    assert f"/whistles/order/{order.code}/blow" in street.get("orders:show", order.code).text
    page = street.get("whistles:blow", order.code)
    assert page.status_code == 200
    for words in ("应急，1 小时内回应", "攻坚，1 个工作日内回应", "日常，2 个工作日内回应"):
        assert words in page.text

    answer = street.send("whistles:blow", order.code, **fields())

    whistle = Whistle.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/whistles/{whistle.code}/")
    assert Call.objects.filter(whistle=whistle).count() == 3
    shown = street.get("orders:show", order.code).text
    assert "叫了 3 家，0 家已回应，0 家已到场" in shown
    assert f"/whistles/order/{order.code}/blow" not in shown


def test_what_is_missing(world, at, desk):
    order = passed_up(world, at)
    answer = desk("zhou").send("whistles:blow", order.code, matter="")

    assert answer.status_code == 422
    for words in ("请选日常、攻坚或应急", "请写清楚什么事", "请选一家牵头单位"):
        assert words in answer.text


def test_personal_data_are_shown_before_they_are_sent(world, at, desk):
    order, street = passed_up(world, at), desk("zhou")
    answer = street.send("whistles:blow", order.code, **fields(matter="联系 13800000001"))

    assert answer.status_code == 422
    assert "别人会看到" in unescape(answer.text)
    assert not Whistle.objects.exists()


def test_late(world, at, desk):
    whistle = blown(world, at)
    answer = desk("zhou").send("whistles:blow", whistle.order.code, **fields())

    assert answer.status_code == 409
    assert "已经吹过哨" in answer.text


@pytest.mark.parametrize("who", ["aunt_wang", "sun", "ma", "liu", "anju", "feng"])
def test_outside(world, at, desk, who):
    order = passed_up(world, at)

    assert desk(who).get("whistles:blow", order.code).status_code == 404
    assert desk(who).send("whistles:blow", order.code, **fields()).status_code == 404


def test_an_order_that_never_was_at_a_street_asks_nothing(world, at, django_assert_num_queries):
    order = Order.objects.with_names().get(pk=accepted(world, at).pk)

    with django_assert_num_queries(0):
        assert beside.cards(order, world.by.sun, at) == []
        assert beside.doors(order, world.by.sun, at) == []
