"""What is off is nowhere: no page, no menu line, no link, no answer of the API, no record."""

import pytest
from django.urls import reverse

from tests.orders.stories import dispatched, placed
from tests.places.conftest import stations
from tests.portal.admin import browser, send
from tests.world import wish
from yizhan.base.actor import CLOCK
from yizhan.base.switches import runs
from yizhan.base.verdict import Refused
from yizhan.orders import operations as orders
from yizhan.orders.models import Order
from yizhan.people.sign_in import Adapter
from yizhan.places.models import Station
from yizhan.portal import operations
from yizhan.portal.modules import MODULES, module_of_page

__all__ = ["stations"]
pytestmark = pytest.mark.django_db
DISTRICT, STREET, COMMUNITY = "610302", "610302002", "610302002002"
ORDER_LINKS = ("/orders/place", "/orders/call_back", "/orders/look_up", "/orders/pool")


@pytest.fixture
def off(world, at, settings):
    """`off("orders")` for the whole district, `off("orders", STREET)` for a part of it."""
    settings.STAFF_TOTP_REQUIRED = False

    def switched(module, region=DISTRICT):
        operations.switch(module=module, region_code=region, on=False, by=CLOCK, at=at)

    return switched


@pytest.mark.parametrize(
    ("module", "who", "paths"),
    [
        ("orders", "", ["/orders/place", "/orders/look_up", "/orders/call_back", "/orders/mine"]),
        ("orders", "sun", ["/orders/board", "/orders/table", "/orders/enter", "/orders/pool"]),
        ("places", "", ["/stations/", "/stations/YZ001/", "/stations/YZ001/plate"]),
        ("places", "ma", ["/stations/kept", "/stations/YZ001/keep"]),
        ("notices", "sun", ["/inbox/"]),
    ],
)
def test_pages_of_a_module_that_is_off_are_not_found(off, world, stations, module, who, paths):
    off(module)
    client = browser(getattr(world, who) if who else None)

    for path in paths:
        answer = client.get(path)
        assert (path, answer.status_code) == (path, 404)
        assert (path, client.post(path).status_code) == (path, 404)


def test_the_api_of_a_module_that_is_off_is_not_found(off, stations):
    for path in ("/api/stations", "/api/stations.geojson", "/api/stations/YZ001"):
        assert browser().get(path).status_code == 200
    off("places")
    for path in ("/api/stations", "/api/stations.geojson", "/api/stations/YZ001"):
        answer = browser().get(path)
        assert (answer.status_code, answer.json()) == (404, {"detail": "这个模块没有开通"})

    assert browser().get("/api/orders").status_code == 401
    off("orders")
    assert browser().get("/api/orders").status_code == 404
    assert browser().post("/api/orders", {}).status_code == 404


def test_what_is_no_module_stays(off, world):
    for module in MODULES:
        off(module.code)

    for path in ("/", "/privacy", "/settings", "/feedback/", "/healthz", "/accounts/login/"):
        assert (path, browser().get(path).status_code) == (path, 200)
    assert browser(world.sun).get("/me/").status_code == 200


def test_every_module_is_known_by_its_pages():
    for module in MODULES:
        for page in module.desk:
            assert module_of_page(page) == module
            assert reverse(page)
    assert module_of_page("portal:home") is None
    assert module_of_page("account_login") is None
    assert module_of_page("notices:texts") is None


def test_the_home_page_links_only_to_what_is_on(off, stations):
    both = browser().get("/").text
    assert all(f'href="{path}"' in both for path in (*ORDER_LINKS, "/stations/"))

    off("orders")
    without = browser().get("/").text
    assert [path for path in ORDER_LINKS if f'href="{path}"' in without] == []
    assert 'href="tel:' in without
    assert "渭工路驿站" in without

    off("places")
    bare = browser().get("/").text
    assert "/stations/" not in bare
    assert "驿站还在登记" not in bare


def test_the_menu_and_the_own_page_name_only_what_is_on(off, world):
    client = browser(world.ma)
    text = client.get("/stations/kept").text
    assert all(f">{word}<" in text for word in ("派单台", "驿站看护", "消息"))
    off("orders")
    text = client.get("/stations/kept").text
    assert "派单台" not in text
    assert "代录点单" not in text
    assert "驿站看护" in text

    off("notices")
    assert ">消息<" not in client.get("/stations/kept").text
    mine = browser(world.aunt_wang).get("/me/").text
    assert "/inbox/" not in mine
    assert "/orders/mine" not in mine


def test_a_request_asks_for_the_switches_once(off, django_assert_max_num_queries):
    with django_assert_max_num_queries(0):
        browser().get("/accounts/login/code/")
    with django_assert_max_num_queries(1):
        browser().get("/settings")


def test_orders_of_a_street_that_is_off_disappear(off, world, at):
    mine = placed(world, at)
    given = dispatched(world, at)
    there = placed(world, at, region=world.regions["610302005013"])
    off("orders", STREET)

    assert set(Order.objects.visible_to(world.by.aunt_wang, at)) == {there}
    assert not Order.objects.visible_to(world.by.sun, at).exists()
    assert not Order.objects.offered_to(world.by.chen).exists()
    assert not Order.objects.known_to(world.by.chen).exists()
    assert Order.objects.of_receipt(mine.receipt_code) is None
    client = browser(world.aunt_wang)
    assert mine.code not in client.get("/orders/mine").text
    assert client.get(f"/orders/{given.code}/").status_code == 404
    assert browser().get(f"/orders/{mine.receipt_code}/").status_code == 404


def test_they_come_back_when_it_is_on_again(off, world, at):
    mine = placed(world, at)
    off("orders", STREET)
    operations.switch(module="orders", region_code=STREET, on=True, by=CLOCK, at=at)

    assert list(Order.objects.visible_to(world.by.aunt_wang, at)) == [mine]


def test_staff_of_a_street_that_is_off_have_no_desk(off, world):
    off("orders", STREET)
    for path in ("/orders/board", "/orders/table", "/orders/enter", "/today", "/summary"):
        assert (path, browser(world.sun).get(path).status_code) == (path, 404)
    for path in ("/orders/board", "/summary"):
        assert (path, browser(world.feng).get(path).status_code) == (path, 200)
    assert ">派单台<" not in browser(world.ma).get("/stations/kept").text


def test_communities_of_a_street_that_is_off_are_not_offered(off, world):
    off("orders", STREET)
    text = browser().get("/orders/place").text

    assert COMMUNITY not in text
    assert "610302005013" in text


def test_an_order_for_them_is_refused_with_a_sentence(off, world, at):
    off("orders", STREET)
    fields = {"words": "三单元的楼道灯不亮", "region": COMMUNITY}
    answer = send(browser(), "/orders/place", **fields)

    assert answer.status_code == 409
    assert "这个社区还没有开通点单" in answer.text
    assert "三单元的楼道灯不亮" in answer.text
    asked = {"phone": "13900000001", "region": COMMUNITY}
    assert send(browser(), "/orders/call_back", **asked).status_code == 409
    with pytest.raises(Refused) as refused:
        orders.place(wish=wish(world), by=world.by.aunt_wang, at=at)
    assert refused.value.code == "module_off"
    assert not Order.objects.exists()


def test_its_stations_do_not_ask_for_orders(off, stations):
    assert "在这个驿站点单" in browser().get("/stations/YZ001/").text
    off("orders", STREET)

    assert "在这个驿站点单" not in browser().get("/stations/YZ001/").text
    assert "在这个驿站点单" in browser().get("/stations/DQ001/").text
    assert "渭工路驿站" not in browser().get("/orders/place?station=YZ001").text
    assert "丽园路社区党群服务中心" in browser().get("/orders/place?station=DQ001").text


def test_stations_of_a_street_that_is_off_are_not_listed(off, world, stations):
    off("places", STREET)

    assert [row.code for row in Station.objects.listed()] == ["DQ001"]
    assert browser().get("/stations/YZ001/").status_code == 404
    assert browser().get("/stations/DQ001/").status_code == 200
    assert not Station.objects.kept_by(world.by.ma).exists()
    assert [one["code"] for one in browser().get("/api/stations").json()["stations"]] == ["DQ001"]
    assert "经二路街道" not in browser().get("/stations/").text


def test_a_street_may_be_the_only_one(off, world, at):
    off("orders")
    operations.switch(module="orders", region_code=STREET, on=True, by=CLOCK, at=at)
    text = browser().get("/orders/place").text

    assert runs("orders")
    assert COMMUNITY in text
    assert "610302005013" not in text
    assert browser(world.sun).get("/orders/board").status_code == 200
    assert browser(world.feng).get("/orders/board").status_code == 404


@pytest.mark.parametrize("region", [DISTRICT, STREET])
def test_staff_begin_where_something_is_on(off, world, region):
    off("orders", region)
    client = browser(world.ma)
    request = client.get("/me/").wsgi_request
    assert Adapter().get_login_redirect_url(request) == "/stations/kept"


def test_the_document_of_the_api_leaves_out_what_is_off(off):
    def paths():
        return {path.split("/")[2] for path in browser().get("/api/openapi.json").json()["paths"]}

    assert {"orders", "stations"} <= paths()
    off("orders")
    assert "orders" not in paths()
    assert "stations" in paths()
