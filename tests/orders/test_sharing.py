"""复制到微信群: a text for a group that holds nothing of the person who asked."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.orders import stories
from tests.orders.stories import accepted, anonymous, dispatched, invited, placed
from tests.world import wish
from yizhan.orders import operations, sharing
from yizhan.orders.models import Order
from yizhan.routing.models import Category

LINK = "https://example.cn/orders/x/offer"
SEALED = ("contact_name", "contact_phone", "words", "place", "receipt")
VALUES = {
    "words": "我妈一个人住，灯坏了，电话 13912345678",
    "place": "渭工路 18 号院 3 号楼 201",
    "contact_name": "王桂兰",
    "contact_phone": "13912345678",
}


PIECES = ("一个人住", "灯坏了", "18 号院", "3 号楼", "201", "王桂兰", "13912345678")


def secrets(order):
    """Every sealed value of an order, and the pieces that would tell."""
    opened = [getattr(order, name).open() for name in SEALED if getattr(order, name)]
    return {*opened, *PIECES}


def test_the_text_of_one_order(world, at):
    order = dispatched(world, at)

    text = sharing.of_order(order, link=LINK, demo=True, at=at)
    assert text == (
        "（演示数据）请人接单：家庭小修，渭工路一带，11月27日 18:00 前办好。\n"
        f"登录后看详情，能不能来都请回应：{LINK}"
    )


@pytest.mark.parametrize("start", [placed, anonymous])
def test_no_sealed_value_is_in_any_text(world, at, start):
    order = start(world, at, **VALUES)
    light = Category.objects.get(code="facility_light")
    operations.amend(
        order=order,
        category=light,
        brief="201 王桂兰家",
        kept={"王桂兰": "agreed"},
        version=1,
        by=world.by.sun,
        at=at,
    )
    operations.dispatch(order=order, unit=world.units["B1"], pool=True, by=world.by.sun, at=at)
    order = Order.objects.with_names().get(pk=order.pk)
    texts = [
        sharing.of_order(order, link=LINK, demo=False, at=at),
        sharing.of_day([order], link=LINK, demo=False, at=at),
    ]

    assert len(secrets(order)) > len(PIECES) + 2
    for text in texts:
        assert not [secret for secret in secrets(order) if secret in text], text


def test_the_day_names_only_what_anybody_of_a_unit_may_take(world, at):
    orders = [dispatched(world, at), invited(world, at), accepted(world, at), placed(world, at)]
    text = sharing.of_day(orders, link=LINK, demo=False, at=at)

    assert text.splitlines()[1:-1] == ["1. 家庭小修，渭工路一带，11月27日 18:00 前办好"]
    assert sharing.of_day(orders[1:], link=LINK, demo=False, at=at) == ""


def test_not_even_the_words_of_a_category_tell_a_number(world, at):
    order = dispatched(world, at)
    order.category.brief = "送药，打 13800001234"

    assert "送药，打 138****1234，" in sharing.of_order(order, link=LINK, demo=False, at=at)


def test_what_is_sensitive_is_not_told(world, at):
    order = dispatched(world, at)
    order.category.is_sensitive = True

    assert sharing.can_share(order, world.by.sun).code == "sensitive"
    assert sharing.of_day([order], link=LINK, demo=False, at=at) == ""


@pytest.mark.parametrize(
    ("story", "who", "code"),
    [
        (dispatched, "sun", ""),
        (dispatched, "liu", ""),
        (dispatched, "chen", "not_waiting"),
        (placed, "sun", "not_waiting"),
        (stories.accepted, "sun", "not_waiting"),
    ],
)
def test_who_may_share_when(world, at, story, who, code):
    assert sharing.can_share(story(world, at), getattr(world.by, who)).code == code


def test_the_record_and_the_day_show_it(world, at, door, settings, monkeypatch):
    monkeypatch.setattr("yizhan.portal.views.now", lambda: at + timedelta(minutes=1))
    order = dispatched(world, at)
    clerk = door("sun")

    record, day = clerk.get("show", order).text, clerk.client.get("/today").text
    link = f"http://testserver/orders/{order.code}/offer"
    assert link in record
    assert "http://testserver/orders/pool" in day
    for page in (record, day):
        assert "readonly" in page
        assert "复制到微信群" in page
    assert Client().get(link).status_code == 302
    assert "复制到微信群" not in door("sun").get("show", placed(world, at)).text


def test_a_wish_with_a_station_names_the_station(world, at):
    station = stories.station(world)
    order = operations.place(wish=wish(world, station=station), by=world.by.aunt_wang, at=at)

    assert "渭工路驿站一带" in sharing.of_order(order, link=LINK, demo=False, at=at)


def test_what_is_late_is_asked_for_soon(world, at):
    order = dispatched(world, at)

    text = sharing.of_order(order, link=LINK, demo=False, at=order.finish_by + timedelta(hours=1))
    assert "家庭小修，渭工路一带，已过时限，请尽快。" in text
