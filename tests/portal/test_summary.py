"""小结: the figures of a week or a month, each with its numerator and denominator."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from docx import Document

from tests.orders import stories
from tests.orders.stories import accepted, dispatched, finished, placed
from tests.world import QIAONAN, SINCE
from yizhan.base.switches import asked_once
from yizhan.orders import figures, operations
from yizhan.orders.figures import Figure, Period
from yizhan.people.acting import actor_for
from yizhan.people.models import Person, Post
from yizhan.privacy.models import Look

DAY = timedelta(days=1)


@pytest.fixture
def open_as(world, at, settings, monkeypatch):
    """A browser of one of the cast, with the clock of the page at `at`."""
    settings.STAFF_TOTP_REQUIRED = False
    monkeypatch.setattr("yizhan.portal.views.now", lambda: at)

    def opened(who, **query):
        client = Client()
        client.force_login(getattr(world, who) if isinstance(who, str) else who)
        return client.get("/summary", query)

    return opened


def test_weeks_begin_on_monday_and_months_on_the_first():
    week = Period.around("week", date(2026, 11, 22))
    assert (week.first, week.last) == (date(2026, 11, 16), date(2026, 11, 22))
    assert week.words == "2026年11月16日至11月22日"
    assert Period.around("week", date(2027, 1, 1)).words == "2026年12月28日至2027年1月3日"
    month = Period.around("month", date(2026, 12, 31))
    assert (month.words, month.after) == ("2026年12月", date(2027, 1, 1))
    assert week.span[0] == datetime(2026, 11, 15, 16, tzinfo=UTC)


def test_a_rate_needs_ten_cases():
    assert Figure("x", 9, 9, "").rate == ""
    assert Figure("x", 9, 10, "").rate == "90.0 %"
    assert Figure("x", 0, 0, "").rate == ""


def test_every_figure_is_counted(world, at):
    for story in (placed, placed, dispatched, accepted, finished, stories.rated):
        story(world, at)
    placed(world, at - 7 * DAY)
    late = accepted(world, at - 20 * DAY)
    operations.finish(order=late, result="晚了", by=world.by.chen, at=at)
    placed(world, at, region=world.regions[QIAONAN])

    made = figures.summary(world.by.sun, Period.around("week", at.date()), at)
    assert (made.received, made.finished, made.waiting, made.late) == (6, 3, 5, 1)
    found = {one.name: (one.numerator, one.denominator) for one in made.figures}
    assert found == {
        "派出": (4, 6), "办结": (2, 6), "按时办结": (0, 0), "评单": (1, 3), "还在办": (4, 6),
        "超期": (1, 5),
    }  # fmt: skip
    assert [(one.name, one.received, one.finished) for one in made.groups] == [("生活帮扶", 6, 2)]
    assert "收到点单 6 件，其中已派出 4 件，已办结 2 件" in made.sentence

    before = figures.summary(world.by.sun, Period.around("month", late.placed_at.date()), at)
    assert before.figures[2] == Figure("按时办结", 0, 2, made.figures[2].meaning)
    assert "本期收到、到制表时已经到期 2 件，按时办结 0 件" in before.sentence


def test_each_post_counts_its_own_area(world, at):
    dispatched(world, at)
    placed(world, at, region=world.regions[QIAONAN])
    week = Period.around("week", at.date())

    counted = {
        who: figures.summary(getattr(world.by, who), week, at).received
        for who in ("sun", "zhou", "feng", "liu", "anju", "aunt_wang")
    }
    assert counted == {"sun": 1, "zhou": 1, "feng": 1, "liu": 1, "anju": 0, "aunt_wang": 0}


def test_figures_cost_five_queries_and_one_for_the_switches(world, at):
    for story in (placed, dispatched, finished):
        story(world, at)
    with CaptureQueriesContext(connection) as caught, asked_once():
        figures.summary(world.by.sun, Period.around("month", at.date()), at)

    assert len(caught) == 6


@pytest.mark.parametrize(
    ("who", "status"),
    [("sun", 200), ("zhou", 200), ("liu", 200), ("qian", 404), ("chen", 404), ("aunt_wang", 404)],
)
def test_it_is_for_those_who_read_or_count(world, open_as, who, status):
    assert open_as(who).status_code == status


def test_who_only_counts_reads_no_order(world, at, open_as):
    order = placed(world, at)
    person = Person.objects.create(name="组织部的同志")
    post = Post.objects.create(
        person=person, role="organisation_department", unit=world.units["D"], since_date=SINCE
    )
    page = open_as(person)

    assert page.status_code == 200
    assert order.code not in page.text
    assert actor_for(person, post).may("orders.stats")


def test_the_page_the_paper_and_other_periods(world, at, open_as, settings):
    settings.DEMO = True
    finished(world, at)
    page, paper = open_as("sun").text, open_as("sun", **{"as": "paper"}).text

    for text in (page, paper):
        assert "渭工路社区" in text
        assert "2026年11月16日至11月22日" in text
        assert "演示数据" in text
    assert "2026年11月</span>" in open_as("sun", period="month").text
    assert "本期没有收到点单" in open_as("sun", of="2026-01-05").text
    assert "下一期" not in page
    for odd in ("x", "0001-01-01", "9999-12-31", "2026-13-01"):
        assert "2026年11月16日" in open_as("sun", of=odd, period="?").text


@pytest.mark.parametrize("demo", [True, False])
def test_the_file_is_a_document_and_its_export_is_written_down(world, at, open_as, settings, demo):
    settings.DEMO = demo
    finished(world, at)
    answer = open_as("sun", **{"as": "docx"})
    document = Document(BytesIO(answer.content))
    text = "\n".join(one.text for one in document.paragraphs)

    assert "渭工路社区点单工作小结" in text
    assert ("演示数据" in text) == demo
    assert ".docx" in answer.headers["Content-Disposition"]
    [look] = Look.objects.all()
    assert (look.kind, look.actor, look.subject_type) == ("export", world.sun, "regions.region")


def test_a_units_export_is_about_the_unit(world, at, open_as):
    open_as("liu", **{"as": "docx"})

    assert Look.objects.get().subject_type == "people.unit"
