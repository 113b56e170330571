"""What everybody reads: the list with its filters, one answer, the sheet for the board."""

from datetime import timedelta

import pytest

from tests.answers.conftest import ASKED, DONE, TITLE, published, written
from tests.orders.stories import finished, placed
from tests.world import WEIGONG
from yizhan.base.switches import set_module
from yizhan.orders import operations as orders
from yizhan.people.acting import actor_for
from yizhan.routing.models import Category


def test_before_the_first(world, at, browser):
    written(world, at)

    text = browser().get().text
    assert "还没有公开的答复" in text
    assert TITLE not in text


def test_list_page_and_sheet_never_tell_the_day_the_place_or_the_person(world, at, browser):
    answer = published(world, at)

    for path in ("", f"{answer.code}/", f"sheet?region={WEIGONG}", "sheet"):
        text = browser().get(path).text
        assert all(words in text for words in (TITLE, ASKED, DONE)), path
        assert "2026年11月" in text
        for secret in ("11月22日", "18 号院", "王", "138", answer.order.code, "马", "孙"):
            assert secret not in text, (path, secret)


def test_counts_in_words_and_filters(world, at, browser):
    published(world, at)
    green = Category.objects.get(code="environment_green")
    published(world, at, order=finished(world, at, category=green), title="树剪好了")

    assert '共 <span class="num">2</span> 件答复' in browser().get().text
    for query, there, away in (
        ("group=environment", "树剪好了", TITLE),
        ("group=daily", TITLE, "树剪好了"),
        ("q=剪好", "树剪好了", TITLE),
        (f"region={WEIGONG}&group=daily", TITLE, "树剪好了"),
    ):
        text = browser().get(f"?{query}").text
        assert there in text, query
        assert away not in text, query
    assert "没有找到这样的答复" in browser().get("?q=没有的事").text
    assert browser().get("?region=%00&group=x&before=%00&q=%00").status_code == 200


def test_newest_first_and_further_back(world, at, browser):
    for number in range(22):
        moment = at + timedelta(minutes=number)
        order = finished(world, moment)
        published(world, moment, order=order, title=f"办好了第{number:02}件")

    first = browser().get().text
    assert first.index("第21件") < first.index("第02件")
    assert "第01件" not in first
    older = first.split("before=")[1].split('"')[0]
    rest = browser().get(f"?before={older}").text
    assert "第01件" in rest
    assert "第00件" in rest
    assert "第02件" not in rest


def test_as_many_queries_for_three_as_for_one(world, at, browser):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for _ in range(3):
        published(world, at, order=finished(world, at))
        with CaptureQueriesContext(connection) as asked:
            browser().get()
        counts.append(len(asked))
    assert counts[0] == counts[2]


def test_where_orders_are_off_nothing_is_shown(world, at, browser):
    answer = published(world, at)
    set_module(module="orders", region_code=WEIGONG, on=False, by=world.by.zhou, at=at)

    assert TITLE not in browser().get().text
    assert browser().get(f"{answer.code}/").status_code == 404


@pytest.mark.parametrize("query", ["?region=990000", "?region=610302"])
def test_a_sheet_of_no_community(world, browser, query):
    assert browser().get(f"sheet{query}").status_code == 404


def test_the_sheet_of_a_quiet_month(world, at, browser):
    published(world, at)
    early = browser().get(f"sheet?region={world.regions['610302002008'].code}").text

    assert "还没有公开的答复" in early


def test_the_desk_shows_the_own_area_only(world, at, browser):
    published(world, at)

    assert TITLE in browser("zhou").get("desk").text
    assert TITLE not in browser("feng").get("desk").text
    assert browser("chen").get("desk").status_code == 404
    assert browser("aunt_wang").get("desk").status_code == 404


def test_the_page_of_the_order_leads_there(world, at, browser):
    from yizhan.orders import cases

    order = finished(world, at)
    assert "写成「您说我办」" in [one.label for one in cases.doors(order, world.by.sun, at)]
    assert cases.doors(placed(world, at), world.by.aunt_wang, at) == []
    answer = published(world, at, order=order)
    (card,) = [c for c in cases.cards(order, world.by.ma, at) if c.title == "您说我办"]
    assert card.url == f"/answers/{answer.code}/record"
    mine = cases.cards(order, actor_for(world.aunt_wang), at)
    assert [one.url for one in mine] == [f"/answers/{order.code}/take_down"]
    orders.erase_words(order=order, by=world.by.aunt_wang, at=at)
    assert cases.cards(order, world.by.ma, at) == []
