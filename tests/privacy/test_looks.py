"""谁看过我的信息: a person sees which office looked at their data, never who it was by name."""

import pytest

from tests.orders import stories
from tests.privacy.admins import browser
from yizhan.people.models import Person
from yizhan.privacy import looked, operations
from yizhan.privacy.models import Look

PAGE = "/me/looks/"


@pytest.fixture(autouse=True)
def plain(settings):
    settings.STAFF_TOTP_REQUIRED = False


@pytest.fixture
def order(world, at):
    return stories.accepted(world, at)


def page(person):
    return browser(person).get(PAGE)


def test_the_office_the_role_the_kind_and_the_purpose(world, at, order):
    operations.look(subject=order, kind="export", purpose="打印单子", by=world.by.sun, at=at)
    text = page(world.aunt_wang).text

    for words in ("渭工路社区，社区工作者（专干）", "导出", "用途：打印单子", order.brief,
                  f"/orders/{order.code}/"):  # fmt: skip
        assert words in text
    for secret in ("孙晓梅", "孙同志", world.sun.code, "13800000002"):
        assert secret not in text


def test_opening_and_unmasking_on_the_pages_show_up(world, at, order):
    clerk = browser(world.sun)
    clerk.get(f"/orders/{order.code}/")
    clerk.post(f"/orders/{order.code}/reveal", {"command_id": "r", "purpose": "联系点单人办理本单"})
    clerk.get(f"/orders/{order.code}/sheet")

    assert [one.kind for one in looked.lines(list(looked.at_person(world.aunt_wang)))] == [
        "导出",
        "查看完整号码",
        "打开",
    ]


def test_a_search_by_my_number_is_mine_too_even_before_i_was_known(world, at):
    operations.find_by_phone(phone="13800000001", by=world.by.sun, at=at)
    operations.find_by_phone(phone="13900013344", by=world.by.sun, at=at)
    newcomer = Person(name="新居民")
    newcomer.set_phone("13900013344")
    newcomer.save()

    for person in (world.aunt_wang, newcomer):
        assert looked.at_person(person).count() == 1
        assert "按电话查找" in page(person).text


def test_of_others_and_of_myself_nothing(world, at, order):
    operations.look(subject=order, by=world.by.sun, at=at)
    operations.look(subject=order, by=world.by.aunt_wang, at=at)
    operations.look(subject=world.grandpa_li, by=world.by.sun, at=at)

    assert looked.at_person(world.aunt_wang).count() == 1
    assert looked.at_person(world.grandpa_li).count() == 1
    assert not looked.at_person(world.chen).exists()


def test_the_empty_page_says_so(world):
    assert "还没有别人看过您的信息" in page(world.grandpa_li).text


def test_strangers_sign_in_first(world):
    answer = browser().get(PAGE)
    assert (answer.status_code, answer.headers["Location"][:10]) == (302, "/accounts/")


def test_the_account_page_leads_to_it(world):
    assert PAGE in browser(world.aunt_wang).get("/me/").text


def test_long_lists_come_in_pages_of_a_constant_number_of_queries(
    world, at, order, django_assert_max_num_queries
):
    for _ in range(looked.PAGE + 3):
        operations.look(subject=order, by=world.by.sun, at=at)
    client = browser(world.aunt_wang)
    with django_assert_max_num_queries(12):
        first = client.get(PAGE).text
    assert first.count("渭工路社区，") == looked.PAGE
    last = Look.objects.order_by("-pk")[looked.PAGE - 1].pk
    assert f"?before={last}" in first
    assert client.get(f"{PAGE}?before={last}").text.count("渭工路社区，") == 3
    assert client.get(f"{PAGE}?before=x").status_code == 200
