"""The counter writes down what people say who have no telephone in hand."""

import pytest

from tests.privacy.papers import browser, give
from yizhan.people.models import Person
from yizhan.privacy.models import Consent, Look

HOW = {"channel": "counter", "paper": "同意书 2026-017", "number": 1}


@pytest.fixture
def path(published):
    return f"/counter/{published.aunt_wang.code}"


def test_from_the_number_to_the_ledger(published, path):
    client = browser(published.sun)
    assert client.get("/counter/").status_code == 200
    answer = client.post("/counter/find_by_phone", {"phone": "138 0000 0001"})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{path}/consents")

    page = client.get(f"{path}/consents").text
    assert "王**" in page
    assert "138****0001" in page
    assert "王桂兰" not in page
    assert [look.kind for look in Look.objects.order_by("pk")] == ["search", "open"]

    answer = client.post(f"{path}/public_name/give_consent", HOW)
    assert answer.headers["Location"] == f"{path}/consents"
    given = Consent.objects.get()
    assert (given.person, given.actor, given.paper) == (
        published.aunt_wang,
        published.sun,
        "同意书 2026-017",
    )
    client.post(f"{path}/public_name/withdraw_consent", {"channel": "phone"})
    assert Consent.objects.latest("pk").kind == "withdrawn"
    assert "在柜台" in browser(published.aunt_wang).get("/me/privacy/").text


def test_what_is_missing_is_said(published, path, at):
    client = browser(published.sun)
    assert client.post("/counter/find_by_phone", {"phone": "12"}).status_code == 422
    answer = client.post(f"{path}/public_name/give_consent", {"number": 1})
    assert answer.status_code == 422
    answer = client.post(f"{path}/public_name/give_consent", {**HOW, "paper": ""})
    assert (answer.status_code, "编号" in answer.text) == (409, True)
    assert client.post(f"{path}/unheard/give_consent", HOW).status_code == 404
    assert client.post(f"{path}/unheard/withdraw_consent", HOW).status_code == 404
    assert client.post(f"{path}/public_name/withdraw_consent", HOW).status_code == 409
    assert client.post(f"{path}/public_name/withdraw_consent").status_code == 422
    give(published, at)
    assert client.post(f"{path}/public_name/give_consent", HOW).status_code == 409
    assert Consent.objects.count() == 1


def test_whoever_lives_elsewhere_is_unknown_and_the_search_is_kept(published, path):
    client = browser(published.feng)
    answer = client.post("/counter/find_by_phone", {"phone": "13800000001"})
    assert (answer.status_code, "没有用这个号码登录过" in answer.text) == (200, True)
    assert Look.objects.get().kind == "search"
    for address in ("consents", "public_name/give_consent", "public_name/withdraw_consent"):
        answer = (
            client.get(f"{path}/{address}")
            if address == "consents"
            else client.post(f"{path}/{address}", HOW)
        )
        assert answer.status_code == 404
    assert not Consent.objects.exists()


def test_whoever_said_no_community_may_come_to_any_counter(published, path):
    Person.objects.filter(pk=published.aunt_wang.pk).update(home=None)
    assert browser(published.feng).get(f"{path}/consents").status_code == 200


@pytest.mark.parametrize("who", ["qian", "zhou", "chen", "aunt_wang"])
def test_the_counter_is_unknown_to_others(published, path, who):
    client = browser(getattr(published, who))
    assert client.get("/counter/").status_code == 404
    assert client.get(f"{path}/consents").status_code == 404
    assert client.post(f"{path}/public_name/give_consent", HOW).status_code == 404
    assert not Look.objects.exists()


def test_nobody_writes_down_their_own(published):
    path = f"/counter/{published.sun.code}"
    assert browser(published.sun).get(f"{path}/consents").status_code == 404
