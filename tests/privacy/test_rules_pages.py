"""The privacy rules in lists, and those for children: open to everybody, in the words in force."""

import dataclasses
from datetime import timedelta

import pytest
from django.utils.timezone import now

from tests.privacy.papers import browser, publish
from yizhan.privacy import queries
from yizhan.privacy.holdings import HOLDINGS, Holding
from yizhan.privacy.purposes import PURPOSES


@pytest.fixture
def registered(monkeypatch):
    """Adds holdings for one test, which begins with none."""
    for code in list(HOLDINGS):
        monkeypatch.delitem(HOLDINGS, code)

    def register(*holdings):
        for one in holdings:
            monkeypatch.setitem(HOLDINGS, one.code, one)

    return register


def held(code="orders.contact", **more):
    values = {"name": "联系电话", "purpose": "联系您", "basis": "duty", "kept": "2 年"}
    return Holding(code=code, columns=(), copy=lambda person: [], **(values | more))


@pytest.mark.parametrize("path", ["/privacy", "/privacy/children/", "/privacy/rules/text/1"])
def test_anybody_reads_them_with_version_and_date(published, path):
    page = browser().get(path)
    assert page.status_code == 200
    assert "第 <span" in page.text
    assert "2026年11月1日" in page.text


@pytest.mark.parametrize("path", ["/privacy", "/privacy/children/"])
def test_they_can_be_read_before_anything_is_published(world, path):
    page = browser().get(path)
    assert page.status_code == 200
    assert "起生效" not in page.text


def test_the_lists_name_every_purpose_and_promise_no_work_by_hand(published):
    page = browser().get("/privacy").text
    for one in PURPOSES.values():
        assert one.name in page
    assert "现在没有" in page
    assert "手工" not in page
    assert 'href="/privacy/children/"' in page


def test_what_a_domain_registers_takes_the_place_of_the_list(registered):
    lines = {one.name: one for one in queries.collected()}
    assert "2 年后隐去" in lines["办点单"].kept
    registered(
        held(), held("orders.words", name="您写的话"), held("other", name="别的", purpose="别")
    )

    lines = {one.name: one for one in queries.collected()}
    assert (lines["办点单"].data, lines["办点单"].kept) == ("联系电话、您写的话", "2 年")
    assert (lines["别"].data, lines["别"].is_asked) == ("别的", False)


def test_the_sharing_list_counts_who_gets_something(registered, settings):
    assert queries.receivers() == []
    registered(dataclasses.replace(held(), shared_with=("区民政局",)))
    settings.SMS_SENDER = "aliyun"
    assert [one.name for one in queries.receivers()] == ["区民政局", "阿里云短信服务"]


def test_new_words_are_shown_from_their_day_on(published):
    publish("rules", "新的标题\n新的一句", now() + timedelta(days=2))
    assert "新的一句" not in browser().get("/privacy").text
    publish("children", "新的标题\n孩子的一句", now() - timedelta(days=1))
    assert "孩子的一句" in browser().get("/privacy/children/").text
    old = browser().get("/privacy/children/text/1").text
    assert "谁来决定" in old
    assert "/privacy/children/text/2" in old
    assert browser().get("/privacy/children/text/9").status_code == 404
    assert browser().get("/privacy/nothing/text/1").status_code == 404


def test_everyone_finds_the_way_from_the_own_page(published):
    assert 'href="/me/privacy/"' in browser(published.aunt_wang).get("/me/").text
