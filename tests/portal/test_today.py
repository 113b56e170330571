"""今日: where staff begin. Late first, then due, what waits for whom, what is in one's hands."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.orders import stories
from tests.orders.stories import accepted, dispatched, invited, placed
from tests.world import QIAONAN
from yizhan.orders import operations, queries, waiting

FRIDAY, MONDAY = datetime(2026, 11, 20, 1, tzinfo=UTC), datetime(2026, 11, 23, 1, tzinfo=UTC)
DAYS = {
    datetime(2026, 11, 23, 1, tzinfo=UTC): ("11月23日 星期一", "工作日", False),
    datetime(2026, 11, 22, 4, tzinfo=UTC): ("11月22日 星期日", "周末", True),
    datetime(2026, 10, 1, 4, tzinfo=UTC): ("10月1日 星期四", "节假日", True),
    datetime(2026, 10, 10, 1, tzinfo=UTC): ("10月10日 星期六", "调休上班", False),
}


@pytest.fixture
def clock(settings, monkeypatch):
    """Sets the clock of the page."""
    settings.STAFF_TOTP_REQUIRED = False
    return lambda moment: monkeypatch.setattr("yizhan.portal.views.now", lambda: moment)


@pytest.fixture
def page(world, at, clock):
    """Opens the page as one of the cast."""
    clock(at)

    def opened(who="sun"):
        client = Client()
        client.force_login(getattr(world, who))
        return client.get("/today")

    return opened


def counted(world, at, who="sun"):
    """What the page counts for somebody, empty piles left out."""
    day = waiting.day(getattr(world.by, who), at)
    piles = {pile.key: pile.count for pile in [day.late, day.due, *day.piles] if pile.count}
    return piles | ({"mine": len(day.mine)} if day.mine else {})


def test_what_waits_for_whom_is_counted_truly(world):
    for story in (placed, placed, stories.asked, dispatched, invited, stories.finished):
        story(world, FRIDAY)
    operations.admit(order=placed(world, FRIDAY), by=world.by.sun, at=FRIDAY)
    accepted(world, FRIDAY)
    placed(world, FRIDAY, region=world.regions[QIAONAN])
    seen = {"placed": 2, "received": 1, "asking": 1, "dispatched": 2, "finished": 1}

    assert counted(world, FRIDAY) == seen
    assert counted(world, FRIDAY, "chen")["mine"] == 1


def test_the_late_and_what_is_due_today(world):
    order, asked = placed(world, FRIDAY), stories.asked(world, FRIDAY)
    given = dispatched(world, FRIDAY)
    before = order.arrange_by - timedelta(minutes=1)

    assert counted(world, before)["due"] == 1
    assert "late" not in counted(world, before)
    assert counted(world, order.arrange_by + timedelta(minutes=1))["late"] == 1
    assert counted(world, given.finish_by + timedelta(days=9))["late"] == 2
    assert asked.state == "asking"


def test_it_agrees_with_the_board(world):
    for story in (placed, stories.asked, dispatched, accepted):
        story(world, FRIDAY)
    for moment in (FRIDAY, MONDAY, MONDAY + timedelta(days=20)):
        board = queries.board(world.by.sun, moment)
        assert counted(world, moment).get("late", 0) == sum(column.late for column in board)


def test_the_late_come_first(world, at, page):
    late, new = placed(world, at - timedelta(days=9), words="旧的"), placed(world, at, words="新的")
    text = page().text

    assert text.index(late.code) < text.index(new.code)
    assert text.index("超期") < text.index("今天到期") < text.index("等社区受理")


def test_long_piles_lead_to_the_whole_list(world, at, page):
    for _ in range(waiting.SHORT + 1):
        placed(world, at)
    text = page().text

    assert "/orders/table?state=placed" in text
    assert f'<span class="num mute">{waiting.SHORT + 1}</span>' in text


@pytest.mark.parametrize("moment", DAYS)
def test_the_kind_of_the_day(world, page, clock, moment):
    clock(moment)
    placed(world, moment)
    words, kind, resting = DAYS[moment]
    text = page().text

    assert words in text
    assert kind in text
    assert ("今天不是工作日" in text) == resting


def test_the_first_day_and_a_calm_day(world, at, page):
    assert "还没有收到点单" in page().text
    stories.withdrawn(world, at)
    text = page().text
    assert "没有等着办的单子" in text
    assert "还没有收到点单" not in text


@pytest.mark.parametrize(
    ("who", "status"),
    [("sun", 200), ("zhou", 200), ("liu", 200), ("anju", 200), ("qian", 404), ("chen", 404),
     ("aunt_wang", 404)],
)  # fmt: skip
def test_it_is_for_those_who_read_orders(world, page, who, status):
    assert page(who).status_code == status


def test_strangers_sign_in_first(world):
    assert Client().get("/today").status_code == 302


def test_others_orders_are_not_here(world, at, page):
    order = placed(world, at)

    assert order.code in page("zhou").text
    assert order.code not in page("feng").text
    assert order.code not in page("anju").text


def test_three_rows_cost_no_more_queries_than_one(world, at, clock):
    clock(at)
    client, counts = Client(), []
    client.force_login(world.sun)
    for more in (1, 2):
        for _ in range(more):
            for story in (placed, stories.asked, dispatched, stories.finished):
                story(world, at)
            placed(world, at - timedelta(days=9))
        client.get("/today")
        with CaptureQueriesContext(connection) as caught:
            client.get("/today")
        counts.append(len(caught))

    assert counts[0] == counts[1]
    assert counts[0] <= 16, [query["sql"][:120] for query in caught]


def test_the_menu_begins_with_it(world, page):
    text = page().text
    menu = text[text.index('class="menu"') :]

    assert menu.index("今日") < menu.index("派单台")
