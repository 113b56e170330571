"""The copy of one's own data, and the page that ends an account: only soon after signing in."""

import json
from typing import Any

import pytest
from django.utils.timezone import now

from tests.orders import stories
from tests.portal.admin import browser, send
from tests.world import wish
from yizhan.orders import operations as orders
from yizhan.people.models import Person
from yizhan.people.sign_in import SIGNED_IN_AT
from yizhan.privacy.holdings import HOLDINGS
from yizhan.privacy.models import Look

COPY, FORGET = "/me/requests/copy", "/me/requests/forget_person"
OTHERS = ("孙晓梅", "陈志远", "李守仁", "13800000004", "13900000077", "李家的窗户", "换了一只灯泡")


def aged(client: Any, minutes: int) -> Any:
    session = client.session
    session[SIGNED_IN_AT] = int(now().timestamp()) - minutes * 60
    session.save()
    return client


@pytest.fixture
def kept(world, at):
    """王阿姨's own things among those of others."""
    order = stories.rated(world, at)
    more = {"words": "李家的窗户", "contact_phone": "13900000077", "contact_name": "李守仁"}
    orders.place(wish=wish(world, **more), by=world.by.grandpa_li, at=at)
    return order


def test_it_holds_all_of_mine_and_nothing_of_others(world, kept):
    text = browser(world.aunt_wang).get(COPY).text

    for words in (
        "王桂兰",
        "13800000001",
        "三单元的楼道灯不亮",
        "渭工路 18 号院",
        "谢谢",
        kept.code,
    ):
        assert words in text
    for holding in HOLDINGS.values():
        assert f">{holding.name}</h2>" in text
    assert not [words for words in OTHERS if words in text]


def test_the_file_says_the_same(world, kept):
    answer = browser(world.aunt_wang).get(COPY, {"as": "json"})

    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer.headers["Cache-Control"]
    parts = {part["名称"]: part["记录"] for part in json.loads(answer.content)["信息"]}
    assert set(parts) == {holding.name for holding in HOLDINGS.values()}
    assert parts["点单时说的事、称呼、电话、地点、照片"][0]["内容"] == "三单元的楼道灯不亮"
    assert not [words for words in OTHERS if words in answer.text]


def test_every_one_taken_out_is_written_down(world):
    client = browser(world.aunt_wang)
    client.get(COPY)
    client.get(COPY, {"as": "json"})

    looks = Look.objects.values_list("kind", "actor", "subject_type", "subject_id")
    person = world.aunt_wang.pk
    assert list(looks) == [("export", person, "people.person", person)] * 2


def test_a_helper_s_copy_names_no_asker(world, kept):
    text = browser(world.chen).get(COPY).text

    assert kept.code in text
    assert "王桂兰" not in text
    assert "楼道灯" not in text


@pytest.mark.parametrize("path", [COPY, f"{COPY}?as=json", FORGET])
def test_a_session_opened_long_ago_signs_in_again(world, path):
    answer = aged(browser(world.aunt_wang), 16).get(path)

    assert "请再登录一次" in answer.text
    assert "王桂兰" not in answer.text
    assert not Look.objects.exists()
    assert "请再登录一次" not in aged(browser(world.aunt_wang), 14).get(path).text


def test_the_way_through_signing_in_leads_back(world):
    client = aged(browser(world.aunt_wang), 16)
    answer = send(client, "/accounts/logout/", next=COPY)

    assert answer.headers["Location"] == COPY
    assert client.get(COPY).headers["Location"].endswith(f"?next={COPY}")


def test_strangers_sign_in(world):
    for path in (COPY, FORGET, "/me/requests/"):
        assert browser().get(path).status_code == 302


def test_the_page_says_what_goes_and_what_stays(world):
    text = browser(world.aunt_wang).get(FORGET).text

    for holding in HOLDINGS.values():
        assert holding.name in text
        assert holding.goes in text
        assert holding.stays in text
    assert "注销并删除" in text


def test_the_page_says_what_stands_in_the_way(world, at):
    order = stories.placed(world, at)
    client = browser(world.aunt_wang)

    text = client.get(FORGET).text
    answer = send(client, FORGET, sure="on")

    assert f"您的单子 {order.code} 还在办" in text
    assert "注销并删除" not in text
    assert answer.status_code == 409
    assert Person.objects.get(pk=world.aunt_wang.pk).name


def test_only_when_sure_and_then_one_is_gone(world):
    client = browser(world.aunt_wang)

    assert send(client, FORGET).status_code == 422
    assert aged(client, 16).post(FORGET, {"sure": "on"}).status_code == 409
    answer = send(aged(client, 1), FORGET, sure="on")

    assert answer.headers["Location"] == "/"
    assert "已经删掉" in client.get("/").text
    assert client.get("/me/").status_code == 302
    assert Person.objects.get(pk=world.aunt_wang.pk).forgotten_at
