"""指标: the page of one's own area, on paper, as a file; who reads it, and what it never shows."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from tests.orders.stories import finished, placed, rated, withdrawn
from tests.world import QIAONAN, SINCE, WEIGONG
from yizhan.base.actor import CLOCK
from yizhan.base.metrics import REGISTRY, Period
from yizhan.base.switches import set_module
from yizhan.insights.operations import take_snapshots
from yizhan.people.models import Person, Post
from yizhan.privacy.models import Look

DAY = timedelta(days=1)


@pytest.fixture
def browse(world, at, monkeypatch):
    """A browser of one of the cast, with the clock of the page at `at`."""
    monkeypatch.setattr("yizhan.insights.views.now", lambda: at)

    def opened(who, **query):
        client = Client()
        client.force_login(getattr(world, who) if isinstance(who, str) else who)
        return client.get("/insights/metrics", {"period": "week"} | query)

    return opened


@pytest.mark.parametrize(
    ("who", "status"),
    [("sun", 200), ("ma", 200), ("zhou", 200), ("liu", 404), ("chen", 404), ("qian", 404),
     ("anju", 404), ("aunt_wang", 404)],
)  # fmt: skip
def test_it_is_for_offices_that_triage_and_those_above(browse, who, status):
    assert browse(who).status_code == status


def test_who_only_counts_reads_it_for_the_district(world, browse):
    person = Person.objects.create(name="考核办的同志")
    Post.objects.create(
        person=person, role="assessment_office", unit=world.units["D"], since_date=SINCE
    )

    assert browse(person).status_code == 200


@pytest.mark.parametrize(
    ("who", "code", "status"),
    [("sun", WEIGONG, 200), ("sun", QIAONAN, 404), ("sun", "610302002", 404),
     ("zhou", WEIGONG, 200), ("zhou", QIAONAN, 404), ("zhou", "610302", 404),
     ("zhou", "610302100001", 404), ("zhou", "x", 404), ("zhou", "610302002999", 404)],
)  # fmt: skip
def test_outside_the_own_area_there_is_nothing(browse, who, code, status):
    assert browse(who, region=code).status_code == status


def test_every_metric_is_there_with_its_definition(world, at, browse):
    page = browse("sun").text

    for metric in REGISTRY.values():
        assert f'id="m-{metric.code}"' in page
        assert metric.numerator in page
    assert "渭工路社区" in page
    assert "2026年11月16日至11月22日" in page
    assert "下一期" not in page


def test_few_cases_have_counts_and_no_rate(world, at, browse):
    for _ in range(3):
        finished(world, at - 30 * DAY)
    withdrawn(world, at - 30 * DAY)
    page = browse("sun", period="month", of="2026-10-23").text
    card = page.partition('id="m-on_time_rate"')[2].partition("</section>")[0]

    assert "件数太少，不显示百分比" in card
    assert "3 件，共 3 件" in card
    assert "另有 1 件不计入：点单人撤回的" in card
    assert "100.0 %" not in card


def test_few_ratings_show_no_counts_either(world, at, browse):
    for _ in range(2):
        rated(world, at)
    for code in ("solve_rate", "satisfaction_good_rate"):
        page = browse("sun").text
        card = page.partition(f'id="m-{code}"')[2].partition("</section>")[0]
        assert "不到 5 次，怕认出是谁" in card
        assert "2 次" not in card


def test_a_rate_its_past_and_whether_chance_explains_it(world, at, browse):
    for week in range(3):
        for _ in range(10):
            finished(world, at - 7 * week * DAY)
    page = browse("sun", period="week").text
    card = page.partition('id="m-active_rating_rate"')[2].partition("</section>")[0]

    assert "0.0 %" in card
    assert "0 件，共 10 件" in card
    assert "上一期 0.0 %，差别可能只是偶然" in card
    assert 'role="img"' in card
    assert "11/9 0.0 %，11/16 0.0 %" in card


def test_the_street_sees_the_names_of_its_communities_and_no_figures_beside_them(browse):
    page = browse("zhou").text
    listed = page.partition("下一级各看各的")[2].partition("</nav>")[0]

    assert listed.index("渭工路社区") < listed.index("经一路社区")
    assert "%" not in listed
    assert "件" not in listed
    assert "丽园路社区" not in page
    assert "回到本级" in browse("zhou", region=WEIGONG).text


def test_paper_and_file_are_written_down(world, at, browse, settings):
    settings.DEMO = True
    placed(world, at)
    paper = browse("sun", **{"as": "paper"}).text
    answer = browse("sun", **{"as": "xlsx"})
    book = load_workbook(BytesIO(answer.content))

    assert "演示数据" in paper
    assert "查看编号" in paper
    assert book.sheetnames == ["指标", "怎么算的"]
    rows = [[cell.value for cell in row] for row in book["指标"].rows]
    assert rows[0][0] == "渭工路社区，2026年11月16日至11月22日"
    assert rows[2][0] == "演示数据"
    assert rows[4][:3] == ["收到点单", "2026年11月16日至11月22日", "1 件"]
    assert len(rows) == 4 + 8 * len(REGISTRY)
    told = [row[1].value for row in book["怎么算的"].rows][1:]
    assert told == list(REGISTRY)
    kinds = [(one.kind, one.subject_type, one.actor) for one in Look.objects.all()]
    assert kinds == [("export", "regions.region", world.sun)] * 2


def test_a_file_hides_what_the_page_hides(world, at, browse):
    rated(world, at)
    book = load_workbook(BytesIO(browse("sun", **{"as": "xlsx"}).content))
    rows = [[cell.value for cell in row] for row in book["指标"].rows]
    [first] = [row for row in rows if row[:2] == ["满意率", "2026年11月16日至11月22日"]]

    assert first[2:5] == ["件数太少", None, None]


def test_a_page_costs_one_query_a_metric(world, at, browse):
    finished(world, at)
    with CaptureQueriesContext(connection) as few:
        browse("zhou")
    for _ in range(3):
        finished(world, at - 7 * DAY)
    with CaptureQueriesContext(connection) as many:
        browse("zhou")

    assert len(many) == len(few)


def test_what_was_kept_stands_in_the_fold(world, at, browse):
    placed(world, at - 7 * DAY)
    week = Period.around("week", (at - 7 * DAY).date())
    take_snapshots(region_code=WEIGONG, periods=[week], is_final=False, by=CLOCK, at=at)
    placed(world, at - 7 * DAY)
    page = browse("sun", of="2026-11-15").text
    card = page.partition('id="m-orders_placed"')[2].partition("</section>")[0]

    assert "2 件" in card
    assert "期满时记下：1 件" in card


def test_off_with_the_orders(world, at, browse):
    set_module(module="orders", region_code="610302", on=False, by=CLOCK, at=at)

    assert browse("sun").status_code == 404


def test_a_month_unless_a_week_is_asked_for(browse):
    assert "2026年11月</span>" in browse("sun", period="").text


def test_it_is_linked_from_the_summary_for_who_may_read_it(world):
    for who, there in (("sun", True), ("liu", False)):
        client = Client()
        client.force_login(getattr(world, who))
        assert ("/insights/metrics" in client.get("/summary").text) == there


@pytest.mark.parametrize("of", ["x", "0001-01-01", "9999-12-31", "2026-13-01", "\0"])
def test_odd_days_mean_now(browse, of):
    assert "2026年11月16日至11月22日" in browse("sun", of=of).text
