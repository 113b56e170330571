"""提出异议: the unit says that the order is not its own."""

from datetime import UTC, datetime
from html import unescape

import pytest

from tests.disputes.stories import hired, of_department, raised
from tests.orders.stories import accepted, dispatched, placed
from tests.orders.traces import heard, last, refused, step
from yizhan.disputes import beside, operations
from yizhan.disputes.models import Dispute
from yizhan.orders import operations as orders
from yizhan.orders.models import Order

# Sunday noon: two working days after it end on Tuesday when the office closes.
RULE_BY = datetime(2026, 11, 24, 10, tzinfo=UTC)


def test_the_unit_objects_and_the_order_waits(world, at):
    before = dispatched(world, at)
    with heard() as told:
        dispute = raised(world, at, order=before)

    order = Order.objects.get(pk=before.pk)
    assert (order.state, order.unit, order.pool) == ("disputed", None, False)
    assert (order.arrange_by, order.finish_by) == (before.arrange_by, before.finish_by)
    assert (dispute.state, dispute.cause, dispute.unit) == (
        "raised", "not_our_duty", world.units["B1"],
    )  # fmt: skip
    assert (dispute.desk_code, dispute.region_code) == ("610302002", "610302002002")
    assert dispute.rule_by.astimezone(UTC) == RULE_BY
    assert dispute.raised_at < dispute.amber_at < dispute.rule_by
    facts = {"order": order.pk, "unit": "B1", "reason": "not_our_duty"}
    assert last(dispute) == step("raised", world.by.liu, at, **facts)
    moved = {"from": "dispatched", "to": "disputed", "unit": "B1"}
    assert last(order) == step("disputed", world.by.liu, at, words="楼道灯归物业管", **moved)
    assert told == [("order_disputed", world.zhou.pk)]


def test_the_district_rules_on_what_is_not_of_the_street(world, at):
    by = hired(world, "区主任", "street_office", world.units["D"])

    with heard() as told:
        dispute = of_department(world, at)

    assert dispute.desk_code == "610302"
    assert ("dispute_raised", by.person_id) in told


def test_without_anybody_at_the_district_the_street_rules(world, at):
    assert of_department(world, at).desk_code == "610302002"


@pytest.mark.parametrize("who", ["aunt_wang", "chen", "sun", "ma", "zhou", "zhao", "anju", "feng"])
def test_nobody_else_objects(world, at, who):
    order = dispatched(world, at)

    with refused("not_your_post", "异议由承办单位提出"):
        raised(world, at, order=order, by=getattr(world.by, who))


def test_not_what_somebody_is_doing(world, at):
    order = accepted(world, at)

    with refused("wrong_state", "才能提出异议"):
        raised(world, at, order=order)


def test_not_what_a_ruling_appointed(world, at):
    dispute = raised(world, at)
    operations.adjudicate(
        dispute=dispute, unit=world.units["B1"], words="就是本支部的事", by=world.by.zhou, at=at
    )

    with refused("appointed", "已经指定您的单位承办"):
        raised(world, at, order=dispute.order)


def test_the_list_of_a_community_is_no_reason_for_a_branch(world, at):
    order = dispatched(world, at)

    with refused("not_a_community", "只用于派给社区的单子"):
        raised(world, at, order=order, cause="not_on_list")


def test_a_community_objects_to_what_is_not_on_its_list(world, at):
    order = orders.admit(order=placed(world, at), by=world.by.sun, at=at)
    orders.escalate(order=order, reason="超出社区能力", by=world.by.ma, at=at)
    orders.dispatch(order=order, unit=world.units["C"], pool=False, by=world.by.zhou, at=at)

    dispute = raised(world, at, order=order, cause="not_on_list", by=world.by.ma)

    assert (dispute.unit, dispute.desk_code) == (world.units["C"], "610302002")


def doors(order, by, at):
    return [door.label for door in beside.doors(order, by, at)]


def test_the_door_is_there_exactly_when_the_rules_allow_it(world, at, django_assert_num_queries):
    order = Order.objects.with_names().get(pk=dispatched(world, at).pk)
    with django_assert_num_queries(0):
        assert "提出异议" in doors(order, world.by.liu, at)
        for who in ("aunt_wang", "chen", "sun", "ma", "zhou", "anju"):
            assert "提出异议" not in doors(order, getattr(world.by, who), at), who
    taken = orders.accept(order=order, by=world.by.chen, at=at)
    assert "提出异议" not in doors(taken, world.by.liu, at)


def test_an_ordinary_order_asks_the_database_nothing(world, at, django_assert_num_queries):
    order = Order.objects.with_names().get(pk=accepted(world, at).pk)

    with django_assert_num_queries(0):
        assert beside.cards(order, world.by.sun, at) == []


def test_the_page(world, at, desk):
    order = dispatched(world, at)
    shown = desk("liu").get("orders:show", order.code)
    assert f"/disputes/order/{order.code}/raise_dispute" in shown.text
    page = desk("liu").get("disputes:raise_dispute", order.code)
    assert page.status_code == 200
    assert "2 个工作日内" in page.text
    assert "不在社区职责清单" not in page.text

    answer = desk("liu").send(
        "disputes:raise_dispute", order.code, cause="not_our_duty", words="楼道灯归物业管"
    )

    dispute = Dispute.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/disputes/{dispute.code}/")
    again = desk("liu").send(
        "disputes:raise_dispute", order.code, cause="not_our_duty", words="楼道灯归物业管"
    )
    assert again.headers["Location"] == f"/disputes/{dispute.code}/"
    assert Dispute.objects.count() == 1


def test_what_is_missing(world, at, desk):
    order = dispatched(world, at)
    answer = desk("liu").send("disputes:raise_dispute", order.code, words="归物业")

    assert answer.status_code == 422
    assert "请选一种原因" in answer.text
    assert "请写清楚依据" in answer.text
    assert ">\n归物业</textarea>" in unescape(answer.text)


def test_late(world, at, desk):
    order = accepted(world, at)
    answer = desk("liu").send(
        "disputes:raise_dispute", order.code, cause="not_our_duty", words="楼道灯归物业管"
    )

    assert answer.status_code == 409
    assert "才能提出异议" in answer.text


@pytest.mark.parametrize("who", ["aunt_wang", "chen", "sun", "zhou", "zhao", "anju", "feng"])
def test_outside(world, at, desk, who):
    order = dispatched(world, at)

    assert desk(who).get("disputes:raise_dispute", order.code).status_code == 404
    sent = desk(who).send("disputes:raise_dispute", order.code, cause="other", words="不是我们的")
    assert sent.status_code == 404
    assert not Dispute.objects.exists()


def test_the_asker_reads_only_that_it_is_being_settled(world, at, desk):
    dispute = raised(world, at)
    text = desk("aunt_wang").get("orders:show", dispute.order.code).text

    assert "正在定由哪个单位办" in text
    for word in ("异议", "归物业管", "第一党支部", "裁定"):
        assert word not in text, word
    assert desk("aunt_wang").get("disputes:show", dispute.code).status_code == 404


def test_a_department_with_its_own_region_reads_its_dispute(world, at):
    dispute = of_department(world, at)
    by = dispute.unit
    assert by.code == "Z1"
    reader = hired(world, "同事", "partner", by)
    assert list(Dispute.objects.visible_to(reader)) == [dispute]
