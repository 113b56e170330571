"""Another district's pack: no page then holds a word of the first, and everything says 演示数据."""

import io
import json
import re
from http import HTTPStatus
from zipfile import ZipFile

import pytest
from django.db import transaction
from django.test import Client, override_settings

from tests import house
from yizhan.base.switches import Switch
from yizhan.demo.data import read, table
from yizhan.feedback.models import Feedback
from yizhan.orders.models import Order
from yizhan.orders.states import State
from yizhan.people.models import Person, Unit
from yizhan.places.models import Station
from yizhan.regions.district import pack
from yizhan.regions.models import Region

FIRST = re.compile("渭滨|宝鸡|610302|渭工路")
MARK = "演示数据"
CAST = ("", "grandma_tang", "yan", "pei", "lan", "yuan", "ji", "mu")
LEAST = {"": 15, "yan": 30, "yuan": 25}
# Answers that hold no data of the district: the description of the API, the sign of life.
NO_DATA = {"/api/openapi.json", "/healthz"}


@pytest.fixture(scope="module")
def second(demo):
    """The second district, and signing in without a second factor as in any demo."""
    with demo("990101", "second"), override_settings(STAFF_TOTP_REQUIRED=False):
        yield


def visitor(key):
    """A browser signed in as one of the cast, or as nobody."""
    client = Client()
    if key:
        (row,) = [row for row in read("people") if row["key"] == key]
        client.force_login(Person.objects.with_phone(row["phone"]))
    return client


def answers(client):
    """Every address with its answer; what only takes a POST is asked once, not for every order."""
    only_posts = set()
    for route, address in sorted(set(addresses())):
        if route in only_posts:
            continue
        answer = client.get(address)
        if answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            only_posts.add(route)
        yield address, answer


def addresses():
    """Every route of the platform, with an address for each record it can be about."""
    orders = list(Order.objects.values_list("code", flat=True))
    stations = list(Station.objects.values_list("code", flat=True))
    left = list(Feedback.objects.values_list("code", flat=True))
    for page in house.every_url():
        if "weixin" in page.route:
            continue  # leads to WeChat, which no demo is registered with
        codes = orders if "orders/" in page.route else stations
        codes = left if page.route.startswith("feedback/") else codes
        for code in codes if "<" in page.route else codes[:1]:
            route = re.sub(r"<int:\w+>", "1", page.route)
            yield page.route, "/" + re.sub(r"<[^>]*>", code, route)


def text_of(answer):
    """What an answer says, also in escapes and inside an office document."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if "json" in answer.headers.get("Content-Type", ""):
        return json.dumps(json.loads(content), ensure_ascii=False)
    if content[:2] != b"PK":
        return content.decode()
    with ZipFile(io.BytesIO(content)) as parts:
        return "\n".join(parts.read(name).decode() for name in parts.namelist() if "xml" in name)


def must_be_marked(address, answer, text):
    """Whether an answer holds data that a reader might take for real."""
    if address in NO_DATA or answer.status_code != HTTPStatus.OK:
        return False
    kind = answer.headers.get("Content-Type", "")
    if "json" in kind:
        return json.loads(text) not in ([], {})
    return "<html" in text or "vnd." in kind or kind.startswith(("text/calendar", "text/csv"))


def test_the_pack_is_small_and_whole(second):
    kinds = Region.objects.values_list("kind", flat=True)

    assert sorted(kinds) == ["community", "community", "district", "street"]
    assert Station.objects.count() == 3
    assert Person.objects.count() == len(read("people")) < 12
    played = {row.get("role") for row in read("people") if row["key"] in CAST}
    assert played == {row.get("role") for row in read("people")}
    assert set(Order.objects.values_list("state", flat=True)) == {
        State.PLACED, State.DISPATCHED, State.ACCEPTED, State.RATED
    }  # fmt: skip
    assert Unit.objects.filter(kind="branch").count() == 4
    assert table("living") == {}
    assert not [one for one in pack().rglob("*.*") if FIRST.search(one.read_text("utf-8"))]


@pytest.mark.parametrize("key", CAST, ids=[key or "anyone" for key in CAST])
def test_no_page_speaks_of_another_district_and_each_says_what_it_is(second, key):
    client, shown, wrong = visitor(key), 0, []
    for address, answer in answers(client):
        text = text_of(answer)
        if FIRST.search(text) or FIRST.search(str(answer.headers)):
            wrong.append(f"{address} names {FIRST.search(text)}")
        if must_be_marked(address, answer, text):
            shown += 1
            if MARK not in text:
                wrong.append(f"{address} does not say {MARK}")

    assert wrong == []
    assert shown >= LEAST.get(key, 10)


def test_pages_that_are_not_there_say_it_too(second):
    answer = visitor("").get("/nothing/")

    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert MARK in answer.content.decode()


def test_a_door_never_leads_to_a_module_that_is_off(second):
    def led_to(key):
        return Client().post("/demo/become", {"key": key}).headers["Location"]

    assert led_to("yan") == "/today"
    with transaction.atomic():
        Switch.objects.create(module="orders", region_code="990101", is_on=False)
        assert led_to("yan") == led_to("yuan") == "/"
        transaction.set_rollback(True)


@pytest.mark.parametrize("path", ["slip", "plate"])
def test_what_is_printed_says_it(second, path):
    order = Order.objects.filter(state=State.ACCEPTED).get()
    pages = {"slip": f"/orders/{order.code}/slip", "plate": "/stations/YX001/plate"}

    answer = visitor("grandma_tang").get(pages[path])

    assert answer.status_code == HTTPStatus.OK
    assert MARK in answer.content.decode()


def test_the_answers_to_acts_say_it(second):
    yan, tang = visitor("yan"), visitor("grandma_tang")
    wish = {"words": "楼道的窗户关不上", "region": "990101001001", "category": "daily_repair"}

    placed = sent(tang, "", wish)
    assert (placed.status_code, placed.json()["data"]) == (HTTPStatus.CREATED, MARK)
    code = placed.json()["code"]
    for act, body in (("admit", {}), ("dispatch", {"unit": "B990101001001-1"})):
        answer = sent(yan, f"/{code}/{act}", body)
        assert (answer.status_code, answer.json()["data"]) == (HTTPStatus.OK, MARK)
    offered = visitor("yuan").get("/api/orders/offers").json()
    assert [one["data"] for one in offered] == [MARK] * 2


def sent(client, path, body):
    return client.post(f"/api/orders{path}", body, content_type="application/json")
