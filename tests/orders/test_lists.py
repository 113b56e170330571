"""Lists of orders: one's own, the offers, the board, the table."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.orders import stories
from tests.orders.door import is_page
from tests.orders.stories import accepted, anonymous, dispatched, handing_over, invited, placed
from yizhan.orders import operations

LISTS = [
    ("mine", "aunt_wang", placed),
    ("mine", "aunt_wang", accepted),
    ("pool", "he", dispatched),
    ("pool", "chen", invited),
    ("pool", "he", handing_over),
    ("pool", "chen", accepted),
    ("board", "sun", placed),
    ("board", "sun", accepted),
    ("board", "zhou", dispatched),
    ("board", "liu", dispatched),
    ("table", "sun", placed),
    ("table", "ma", stories.rated),
    ("table", "liu", accepted),
]


@pytest.mark.parametrize(("name", "who", "story"), LISTS)
def test_three_rows_cost_no_more_queries_than_one(world, at, door, name, who, story):
    visitor = door(who)
    visitor.get(name)
    counts, rows = [], []
    for more in (1, 2):
        for _ in range(more):
            story(world, at)
        with CaptureQueriesContext(connection) as caught:
            page = visitor.get(name)
        counts.append(len(caught))
        rows.append(page.text.count("/orders/"))

    assert page.status_code == 200
    assert rows[1] > rows[0]
    assert counts[0] == counts[1], [query["sql"][:90] for query in caught]


def test_an_orders_page_costs_the_same_with_a_long_history(world, at, door):
    order, clerk = operations.admit(order=placed(world, at), by=world.by.sun, at=at), door("sun")
    clerk.get("show", order)
    with CaptureQueriesContext(connection) as first:
        clerk.get("show", order)
    for _ in range(3):
        operations.ask(order=order, question="几楼？", by=world.by.sun, at=at)
        order = operations.answer(order=order, words="二楼", by=world.by.sun, at=at)
    with CaptureQueriesContext(connection) as second:
        clerk.get("show", order)

    assert len(second) == len(first)


@pytest.mark.parametrize("who", ["aunt_wang", "chen", "he", "qian"])
@pytest.mark.parametrize("name", ["board", "table"])
def test_the_board_is_for_those_who_read_orders(world, door, name, who):
    assert door(who).get(name).status_code == 404


@pytest.mark.parametrize("name", ["mine", "pool", "board", "table", "enter"])
def test_strangers_sign_in_first(world, door, name):
    answer = door().get(name)

    assert (answer.status_code, answer.headers["Location"][:10]) == (302, "/accounts/")


def test_mine_shows_mine(world, at, door):
    order, other = placed(world, at), anonymous(world, at)
    page = door("aunt_wang").get("mine").text

    assert order.code in page
    assert other.code not in page
    assert "还没有点过单" in door("grandpa_li").get("mine").text


def test_the_pool_has_three_lists(world, at, door):
    orders = [dispatched(world, at), invited(world, at), accepted(world, at)]
    page = door("chen").get("pool").text

    places = [page.index(order.code) for order in (orders[1], orders[0], orders[2])]
    assert places == sorted(places)
    assert "请到社区报到" in door("grandpa_li").get("pool").text


def test_the_board_puts_the_late_first(world, at, door):
    late, soon = placed(world, at - timedelta(days=9)), placed(world, at)
    accepted(world, at)
    page = door("sun").get("board").text

    assert page.index(f"o-{late.code}") < page.index(f"o-{soon.code}")
    assert "超期" in page[page.index(f"o-{late.code}") : page.index(f"o-{soon.code}")]
    fragment = door("sun").get("board", htmx=True)
    assert not is_page(fragment)
    assert soon.code in fragment.text


def test_the_table_filters_and_turns_pages(world, at, door, monkeypatch):
    monkeypatch.setattr("yizhan.orders.queries.PAGE", 2)
    orders = [placed(world, at) for _ in range(3)]
    taken, clerk = accepted(world, at), door("sun")

    assert codes_in(clerk.get("table"), [*orders, taken]) == {taken.code, orders[2].code}
    rest = clerk.get("table", before=orders[2].code)
    assert codes_in(rest, [*orders[:2], taken]) == {orders[0].code, orders[1].code}
    assert codes_in(clerk.get("table", state="accepted"), [*orders, taken]) == {taken.code}
    assert codes_in(clerk.get("table", category="wish"), [*orders, taken]) == set()
    assert codes_in(clerk.get("table", category="daily", before="x"), [taken]) == {taken.code}
    assert codes_in(clerk.get("table", before="9" * 40), [taken]) == {taken.code}


def codes_in(page, orders):
    assert page.status_code == 200
    return {order.code for order in orders if order.code in page.text}


@pytest.mark.parametrize("name", ["category", "region", "station", "state", "before", "receipt"])
@pytest.mark.parametrize("page", ["place", "table", "call_back", "enter"])
def test_an_odd_address_is_no_error_of_ours(world, door, page, name):
    assert door("sun").get(page, **{name: "\x00"}).status_code in (200, 400)
