"""The page of a whistle: what the called units read, and that nothing of the order is on it."""

from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.whistles.stories import MATTER, blown, call_of, closed
from yizhan.orders.models import Order
from yizhan.people.acting import actor_for
from yizhan.whistles import operations
from yizhan.whistles.models import Whistle

SECRETS = ("三单元的楼道灯不亮", "18 号院", "王阿姨", "13800000001", "138", "代修")


@pytest.mark.parametrize("who", ["anju", "liu", "chen"])
def test_a_called_unit_reads_the_whistle_and_nothing_of_the_order(world, at, desk, who):
    whistle = blown(world, at)
    order = Order.objects.get(pk=whistle.order_id)
    page = desk(who).get("whistles:show", whistle.code)
    paper = desk(who).get("whistles:sheet", whistle.code)

    for text in (unescape(page.text), unescape(paper.text)):
        assert MATTER in text
        assert "渭工路北段" in text
        for secret in (*SECRETS, order.code, order.receipt_code, order.category.name):
            assert secret not in text, secret
    assert not Order.objects.visible_to(getattr(world.by, who), at).exists()


@pytest.mark.parametrize("who", ["aunt_wang", "zhao", "feng", "qian", "grandpa_li"])
def test_outside(world, at, desk, who):
    whistle = blown(world, at)

    for name in ("whistles:show", "whistles:sheet"):
        assert desk(who).get(name, whistle.code).status_code == 404
    for verb in ("answer_call", "report_in", "cancel_call", "assess_call"):
        answer = desk(who).send(f"whistles:{verb}", whistle.code, "P", words="不归我管")
        assert answer.status_code == 404, verb
    answer = desk(who).send("whistles:close_whistle", whistle.code, words="结束")
    assert answer.status_code == 404


def test_the_asker_learns_nothing_of_it(world, at, desk):
    whistle = blown(world, at)
    text = desk("aunt_wang").get("orders:show", whistle.order.code).text

    assert "吹哨" not in text
    assert whistle.code not in text


def test_the_community_reads_it_and_does_not_steer(world, at, desk):
    text = desk("sun").get("whistles:show", blown(world, at).code).text

    assert MATTER in text
    for words in ("再叫一家", "结束吹哨", "我们到了"):
        assert words not in text


def test_the_lists(world, at, desk):
    whistle = blown(world, at)
    done = closed(world, at)

    mine = desk("anju").get("whistles:calls").text
    assert "等本单位回应" in mine
    street = desk("zhou").get("whistles:calls").text
    assert street.index(whistle.code) < street.index(done.code)
    assert "等回应" in street
    assert desk("aunt_wang").get("whistles:calls").status_code == 404
    assert whistle.code not in desk("zhao").get("whistles:calls").text


def test_lists_and_page_ask_no_more_for_more(world, at, desk, django_assert_num_queries):
    blown(world, at)
    street, whistle = desk("zhou"), blown(world, at, helpers=[])
    street.get("whistles:calls")
    with CaptureQueriesContext(connection) as listed:
        street.get("whistles:calls")
    with CaptureQueriesContext(connection) as shown:
        street.get("whistles:show", whistle.code)
    blown(world, at)
    operations.call_unit(whistle=whistle, unit=world.units["B1"], by=world.by.zhou, at=at)
    operations.call_unit(whistle=whistle, unit=world.units["B2"], by=world.by.zhou, at=at)

    with django_assert_num_queries(len(listed)):
        street.get("whistles:calls")
    with django_assert_num_queries(len(shown)):
        street.get("whistles:show", whistle.code)


def test_who_was_relieved_no_longer_reads_it(world, at):
    whistle = blown(world, at)
    assert not Whistle.objects.visible_to(actor_for(world.anju)).filter(pk=whistle.pk).exists()
    assert call_of(whistle, "P").state == "called"
