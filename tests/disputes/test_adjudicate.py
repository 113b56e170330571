"""裁定: a unit is appointed and may not return the order, or the asker hears where it belongs."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.disputes.stories import hired, of_department, raised, ruled
from tests.orders.traces import heard, last, refused, step
from yizhan.disputes import operations, rules
from yizhan.disputes.models import Dispute
from yizhan.orders import operations as orders
from yizhan.orders.models import Order
from yizhan.privacy.models import Look

WORDS = "楼道灯由物业维护，合同有约定"


def test_the_street_appoints_a_unit(world, at):
    dispute = raised(world, at)
    with heard() as told:
        dispute = operations.adjudicate(
            dispute=dispute, unit=world.units["P"], words=WORDS, by=world.by.zhou, at=at
        )

    order = Order.objects.get(pk=dispute.order_id)
    assert (order.state, order.unit, order.appointed) == ("dispatched", world.units["P"], True)
    assert (dispute.state, dispute.outcome, dispute.appointed, dispute.ruled_at) == (
        "ruled", "appointed", world.units["P"], at,
    )  # fmt: skip
    moved = {"from": "raised", "to": "ruled", "outcome": "appointed", "unit": "P"}
    assert last(dispute) == step("ruled", world.by.zhou, at, **moved)
    settled = {"from": "disputed", "to": "dispatched", "unit": "P"}
    assert last(order) == step("settled", world.by.zhou, at, words=WORDS, **settled)
    assert told == sorted(
        [
            ("order_appointed", world.anju.pk),
            ("dispute_ruled", world.sun.pk),
            ("dispute_ruled", world.ma.pk),
            ("dispute_ruled", world.liu.pk),
        ]
    )


def test_the_appointed_unit_may_not_return_nor_object(world, at):
    order = ruled(world, at).order

    for act in (
        lambda: orders.send_back(order=order, reason="不归我们", by=world.by.anju, at=at),
        lambda: raised(world, at, order=order, by=world.by.anju),
    ):
        with refused("appointed", "已经指定您的单位承办"):
            act()


def test_nobody_s_duty_here_is_told_to_the_asker(world, at):
    dispute = raised(world, at)
    with heard() as told:
        operations.adjudicate(
            dispute=dispute, unit=None, words="请打供电 95598", by=world.by.zhou, at=at
        )

    order = Order.objects.get(pk=dispute.order_id)
    assert order.state == "turned_away"
    assert ("order_turned_away", world.aunt_wang.pk) in told
    dispute.refresh_from_db()
    assert (dispute.outcome, dispute.appointed) == ("turned_away", None)


@pytest.mark.parametrize("who", ["aunt_wang", "chen", "sun", "ma", "liu", "anju", "feng"])
def test_nobody_else_rules(world, at, who):
    dispute = raised(world, at)

    with refused("not_your_post", "裁定由街道或区里来做"):
        operations.adjudicate(
            dispute=dispute, unit=None, words=WORDS, by=getattr(world.by, who), at=at
        )


def test_the_street_does_not_rule_for_the_district(world, at):
    district = hired(world, "区主任", "street_office", world.units["D"])
    dispute = of_department(world, at)

    with refused("for_the_district", "由区里裁定"):
        operations.adjudicate(dispute=dispute, unit=None, words=WORDS, by=world.by.zhou, at=at)
    done = operations.adjudicate(
        dispute=dispute, unit=world.units["P"], words=WORDS, by=district, at=at
    )
    assert done.state == "ruled"


def test_once(world, at):
    dispute = ruled(world, at)

    with refused("wrong_state", "已经裁定了"):
        operations.adjudicate(dispute=dispute, unit=None, words=WORDS, by=world.by.zhou, at=at)


def test_not_what_was_withdrawn(world, at):
    dispute = raised(world, at)
    orders.withdraw(order=dispute.order, reason="", by=world.by.aunt_wang, at=at)

    with refused("wrong_state", "不在等裁定"):
        operations.adjudicate(dispute=dispute, unit=None, words=WORDS, by=world.by.zhou, at=at)
    assert not Dispute.objects.waiting().exists()


def test_not_a_unit_of_elsewhere(world, at):
    dispute = raised(world, at)

    with refused("unit_elsewhere", "不在本社区和街道的承办范围"):
        operations.adjudicate(
            dispute=dispute, unit=world.units["C2"], words=WORDS, by=world.by.zhou, at=at
        )


def test_it_turns_amber_and_red_with_the_hours(world, at):
    dispute = raised(world, at)

    assert rules.light(dispute, at) == "green"
    assert rules.light(dispute, dispute.amber_at - timedelta(seconds=1)) == "green"
    assert rules.light(dispute, dispute.amber_at) == "amber"
    assert rules.light(dispute, dispute.rule_by - timedelta(seconds=1)) == "amber"
    assert rules.light(dispute, dispute.rule_by) == "red"
    assert dispute.is_late(dispute.rule_by + timedelta(seconds=1))
    assert rules.light(ruled(world, at), at + timedelta(days=9)) == ""


def test_the_list_shows_the_late_first_in_words(world, at, desk, monkeypatch):
    one, two = raised(world, at), raised(world, at + timedelta(days=1))
    monkeypatch.setattr("yizhan.disputes.views.now", lambda: at + timedelta(days=2, hours=10))

    text = desk("zhou").get("disputes:rulings").text

    assert text.index(one.code) < text.index(two.code)
    assert "已超时" in text
    assert "快到时限" in text


def test_the_list_asks_no_more_for_more(world, at, desk, django_assert_num_queries):
    raised(world, at)
    browser = desk("zhou")
    browser.get("disputes:rulings")
    with CaptureQueriesContext(connection) as one:
        browser.get("disputes:rulings")
    for _ in range(2):
        raised(world, at)
    with django_assert_num_queries(len(one)):
        browser.get("disputes:rulings")


def test_the_page_of_a_dispute(world, at, desk):
    dispute = raised(world, at)
    page = desk("zhou").get("disputes:show", dispute.code)

    for words in ("第一党支部说", "楼道灯归物业管", "三单元的楼道灯不亮", "不属本单位职责", "裁定"):
        assert words in page.text
    look = Look.objects.latest("pk")
    assert (look.subject_type, look.subject_id) == ("orders.order", dispute.order_id)
    answer = desk("zhou").send("disputes:adjudicate", dispute.code, unit="P", words=WORDS)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/disputes/{dispute.code}/")
    assert "由安居物业承办，不能再退回" in desk("zhou").get("disputes:show", dispute.code).text
    assert "由安居物业承办" in desk("zhou").get("disputes:rulings").text


def test_the_unit_reads_the_ruling_but_no_longer_the_order(world, at, desk):
    dispute = ruled(world, at)
    text = desk("liu").get("disputes:show", dispute.code).text

    assert WORDS in text
    assert "三单元的楼道灯不亮" not in text
    assert "渭工路 18 号院" not in text


def test_what_is_missing(world, at, desk):
    dispute = raised(world, at)
    answer = desk("zhou").send("disputes:adjudicate", dispute.code, words="好")

    assert answer.status_code == 422
    assert "请选由谁来办" in answer.text
    assert "请写清楚理由" in answer.text


def test_late(world, at, desk):
    dispute = ruled(world, at)
    answer = desk("zhou").send("disputes:adjudicate", dispute.code, unit="P", words=WORDS)

    assert answer.status_code == 409
    assert "已经裁定了" in answer.text


@pytest.mark.parametrize("who", ["aunt_wang", "chen", "zhao", "anju", "feng", "qian"])
def test_outside(world, at, desk, who):
    dispute = raised(world, at)

    assert desk(who).get("disputes:show", dispute.code).status_code == 404
    sent = desk(who).send("disputes:adjudicate", dispute.code, unit="P", words=WORDS)
    assert sent.status_code == 404


def test_who_acts_for_another_reads_none(world, at):
    dispute = raised(world, at)
    by = replace(world.by.sun, on_behalf_of=world.aunt_wang.pk)

    assert dispute not in Dispute.objects.visible_to(by)


def test_the_card_on_the_order(world, at, desk):
    dispute = raised(world, at)
    assert f"/disputes/{dispute.code}/" in desk("sun").get("orders:show", dispute.order.code).text
    operations.adjudicate(
        dispute=dispute, unit=world.units["P"], words=WORDS, by=world.by.zhou, at=at
    )
    assert "裁定由安居物业承办" in desk("sun").get("orders:show", dispute.order.code).text
    assert "裁定由安居物业承办" in desk("anju").get("orders:show", dispute.order.code).text
