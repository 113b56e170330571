"""The page 催办和督办 of a community, a street and a unit; and what the page of an order says."""

import pytest

from tests.ladder.conftest import referred, run, supervised
from tests.ladder.test_issue import NOW, issued
from tests.orders import stories
from tests.orders.clockwork import MONDAY, moment
from yizhan.ladder import case, queries
from yizhan.orders import operations
from yizhan.orders.models import Order

SOON = moment("2026-11-26 16:00")


def whole(order):
    return Order.objects.with_names().get(pk=order.pk)


def test_what_a_community_reads(world, browser):
    stories.accepted(world, MONDAY)
    run(SOON)

    page = browser("sun", SOON).get("desk").text
    for words in ("已到时限", "快到时限", "联系", "第一党支部", "已提请督办"):
        assert words in page
    assert "陈志远" not in page


def test_what_waits_for_the_street_stands_first(world, browser):
    order = referred(world).order

    page = browser("zhou", NOW).get("desk").text
    assert "等您决定" in page
    assert page.index("等您决定") < page.index("督办单 <span") < page.index("已到时限 <span")
    assert order.brief in page
    assert "等街道决定" in browser("sun", NOW).get("desk").text


def test_a_unit_reads_its_own(world, browser):
    sheet = issued(world)

    assert sheet.number in browser("liu", NOW).get("desk").text
    other = browser("anju", NOW).get("desk").text
    assert sheet.number not in other
    assert "没有到了时限还没办的单子" in other
    assert sheet.number not in browser("feng", NOW).get("desk").text


@pytest.mark.parametrize("who", ["aunt_wang", "chen", "qian"])
def test_whoever_has_no_desk(world, browser, who):
    assert browser(who, NOW).get("desk").status_code == 404


def test_it_asks_the_same_however_many_there_are(world, django_assert_num_queries):
    for _ in range(3):
        issued(world)
        with django_assert_num_queries(9):
            desk = queries.desk(world.by.zhou, NOW)
    assert len(desk.red) == 3


def test_the_order_s_page_says_how_far_it_has_come(world):
    order = whole(stories.accepted(world, MONDAY))
    operations.contact(order=order, how="phone", by=world.by.chen, at=MONDAY)
    run(SOON)

    (card,) = case.cards(order, world.by.sun, SOON)
    assert (card.title, card.tag, card.url) == ("催办和督办", "已提醒", "/ladder/desk")
    assert case.cards(order, world.by.liu, SOON) == [card]
    assert case.cards(order, world.by.aunt_wang, SOON) == []
    assert case.cards(order, world.by.chen, SOON) == []


def test_and_of_the_sheet_to_whom_may_read_it(world):
    sheet = supervised(world)
    order = whole(sheet.order)

    (card,) = case.cards(order, world.by.zhou, NOW)
    assert card.url == sheet.get_absolute_url()
    assert "督办单：待签发。" in card.lines
    assert case.cards(order, world.by.liu, NOW)[0].url == "/ladder/desk"
    issued(world, sheet)
    assert case.cards(order, world.by.liu, NOW)[0].url == sheet.get_absolute_url()


def test_an_order_in_time_asks_nothing(world, django_assert_num_queries):
    order, done = whole(stories.received(world, MONDAY)), whole(stories.finished(world, MONDAY))

    with django_assert_num_queries(0):
        assert case.cards(order, world.by.sun, MONDAY) == []
        assert case.doors(order, world.by.sun, MONDAY) == []
        assert case.cards(done, world.by.sun, NOW) == []
