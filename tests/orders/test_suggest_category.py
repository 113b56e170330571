"""建议分类: what staff are offered on the page of an order, and residents while they write."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.orders.stories import placed
from yizhan.orders import operations
from yizhan.orders.models import Order
from yizhan.orders.suggesting import for_residents, for_staff
from yizhan.routing.models import Category

LAMP = "三单元楼道灯坏了，路灯也不亮，晚上太黑"
CARE = "独居老人没人照顾，一个人住，请安排探访"
PAGE = "/orders/place/suggest_category"


def unsorted(world, at, words=LAMP, code="other"):
    """An order whose asker chose a group, or none."""
    return placed(world, at, words=words, category=Category.objects.get(code=code))


def codes(found):
    return [one.category.code for one in found]


def test_staff_are_offered_a_kind_and_told_why(world, at):
    first, *_ = for_staff(unsorted(world, at))

    assert first.category.code == "facility_light"
    assert first.reason.startswith("提到「")
    assert first.brief == first.category.brief


def test_a_brief_that_somebody_wrote_stays(world, at):
    order = unsorted(world, at)
    order.brief = "楼道照明，请带梯子"

    assert for_staff(order)[0].brief == "楼道照明，请带梯子"


def test_within_the_group_that_the_asker_chose(world, at):
    assert codes(for_staff(unsorted(world, at, code="facility")))[0] == "facility_light"
    assert "facility_light" not in codes(for_staff(unsorted(world, at, code="environment")))


def test_where_a_kind_is_known_or_too_little_is_said_nothing_is_offered(world, at):
    assert for_staff(placed(world, at, words=LAMP)) == []
    assert for_staff(unsorted(world, at, "麻烦问个事情")) == []


def test_sensitive_kinds_are_offered_to_staff_only(world, at):
    assert codes(for_staff(unsorted(world, at, CARE)))[0] == "care_elder"
    assert for_residents(CARE) == []
    everything = (LAMP, CARE, "高血压断药了请代购药", "两口子吵架请调解")
    assert not any(group.is_sensitive for words in everything for group in for_residents(words))


@pytest.mark.parametrize("htmx", [False, True])
def test_one_tap_takes_it_through_amend(world, at, door, htmx):
    order, clerk = unsorted(world, at), door("sun")

    page = clerk.get("show", order, htmx=htmx).text
    assert "建议分类" in page
    assert "改成照明报修" in page
    fields = dict(re.findall(r'name="(category|brief|version)" value="([^"]*)"', page))
    clerk.send("amend", order, htmx=htmx, **fields)

    order.refresh_from_db()
    assert (order.category.code, order.brief) == ("facility_light", "照明报修")
    assert "建议分类" not in clerk.get("show", order).text


def test_it_costs_the_page_one_statement(world, at, door):
    order, clerk = unsorted(world, at), door("sun")
    clerk.get("show", order)
    with CaptureQueriesContext(connection) as with_it:
        clerk.get("show", order)
    known = placed(world, at, words=LAMP)
    with CaptureQueriesContext(connection) as without:
        clerk.get("show", known)

    assert len(with_it) == len(without) + 1


def test_nobody_else_is_offered_any(world, at, door):
    order = unsorted(world, at)

    assert "建议分类" not in door("aunt_wang").get("show", order).text
    order = operations.dispatch(
        order=order, unit=world.units["B1"], pool=True, by=world.by.sun, at=at
    )
    for who in ("sun", "liu"):
        assert "建议分类" not in door(who).get("show", order).text


def test_residents_are_offered_groups_to_tick(client, world):
    page = client.post(PAGE, {"words": LAMP, "category": "other"}).text

    assert 'value="facility"' in page
    assert "物业与公共设施" in page
    assert "checked" not in page
    assert Order.objects.count() == 0


def test_the_page_asks_for_it_and_goes_without(client, world):
    page = client.get("/orders/place").text

    assert f'hx-post="{PAGE}"' in page
    assert "是这一类吗" not in page


def test_a_danger_is_answered_with_numbers(client, world):
    page = client.post(PAGE, {"words": "楼下着火了，路灯不亮"}).content.decode()

    assert "119" in page
    assert 'type="radio"' not in page


def test_whoever_has_chosen_is_left_alone(client, world):
    assert client.post(PAGE, {"words": LAMP, "category": "errand"}).status_code == 204


def test_too_often_is_answered_with_nothing(client, world, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "suggest": "1/m/ip"}

    assert client.post(PAGE, {"words": LAMP}).status_code == 200
    assert client.post(PAGE, {"words": LAMP}).status_code == 204


def test_nothing_is_offered_for_nothing(client, world):
    for words in ("", "你好", "\0"):
        assert client.post(PAGE, {"words": words}).content.decode().strip() == ""
    assert client.get(PAGE).status_code == 405
