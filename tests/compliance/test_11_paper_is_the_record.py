"""Line 11: what is printed is made from the record each time, and says the same each time."""

import re
from datetime import date, timedelta
from io import BytesIO

from django.test import Client
from docx import Document

from tests import house
from tests.answers.conftest import published
from tests.insights.conftest import said as stated
from tests.ladder.conftest import supervised
from tests.orders import stories
from tests.orders.clockwork import MONDAY
from tests.orders.conftest import door
from tests.whistles.stories import blown
from tests.world import SINCE
from yizhan.base.codes import spaced
from yizhan.base.models import Notice
from yizhan.documents.filling import filled
from yizhan.insights.operations import enter_baseline
from yizhan.ladder.operations import issue
from yizhan.notices.operations import deliver
from yizhan.orders.figures import Period, summary
from yizhan.people import operations as people
from yizhan.people.acting import actor_for
from yizhan.people.models import Post
from yizhan.portal.queries import document_values
from yizhan.privacy.asking.queries import everything
from yizhan.privacy.operations import file_request
from yizhan.routing import operations as routing
from yizhan.routing.rows import Line

__all__ = ["door"]
TAG = re.compile(r"<[^>]+>")
MARK = re.compile(r'<p class="watermark.*?</p>', re.S)  # of the printing, not of the record
# Every template for paper, and the test below that makes it again from the record.
PAPER = {
    "insights/metrics_paper.html": "test_the_metrics",
    "insights/sheet.html": "test_the_sheet_of_baselines",
    "orders/card_sheet.html": "test_the_card",
    "orders/paper.html": "test_the_answer_on_paper",
    "orders/proxy_sheet.html": "test_the_proxy_on_paper",
    "orders/sheet.html": "test_an_order_on_a4",
    "orders/slip.html": "test_the_receipt",
    "places/plate.html": "test_the_plate",
    "portal/summary_paper.html": "test_the_summary",
    "privacy/take_copy.html": "test_the_copy_of_one_s_own_data",
    "routing/sheet.html": "test_the_routing_table",
    "answers/sheet.html": "test_the_answers_for_the_wall",
    "ladder/sheet.html": "test_the_supervision",
    "whistles/sheet.html": "test_the_notice_of_a_whistle",
}
SHEET = """
点单 CODE
进展 已评单
分类 家庭小修
社区 渭工路社区
什么事 三单元的楼道灯不亮
地点 渭工路 18 号院 3 号楼 201
称呼 王阿姨
来源 手机点单，2026年11月22日 12:00
办好时限 2026年11月27日 18:00
承办 第一党支部，陈同志
"""
SUMMARY = {
    "派出": (2, 3, ""),
    "办结": (1, 3, ""),
    "按时办结": (0, 0, ""),
    "评单": (1, 1, ""),
    "还在办": (2, 3, ""),
    "超期": (0, 2, ""),
}


def lines(html):
    """The text of a page, one line a block, without runs of spaces and without the watermark."""
    html = MARK.sub("", html)
    text = re.sub(r"</(tr|h1|h2|p|dd|dt)>", "\n", html.partition("<main")[2].partition(">")[2])
    cleaned = [re.sub(r"\s+", " ", TAG.sub(" ", line)).strip() for line in text.split("\n")]
    return [line.replace(" ，", "，").replace("， ", "，") for line in cleaned if line]


def open_as(person, path):
    client = Client()
    client.force_login(person)
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.text


def test_every_template_for_paper_has_its_proof():
    found = {
        path.relative_to(path.parents[1]).as_posix()
        for path in house.PRODUCT.glob("*/templates/*/*.html")
        if '{% extends "ui/print.html" %}' in path.read_text("utf-8")
    }

    assert found == set(PAPER)
    assert [name for name in PAPER.values() if name not in globals()] == []


def test_an_order_on_a4(world, at, door):
    order = stories.rated(world, at)
    visitor = door("sun")
    first, again = (visitor.get("sheet", order).text for _ in range(2))

    expected = SHEET.replace("CODE", order.code).strip().splitlines()
    assert lines(first) == lines(again)
    assert [line for line in lines(first) if line in expected] == expected


def test_the_receipt(world, at, door):
    order = stories.anonymous(world, at)
    first, again = (door().get("slip", order.receipt_code).text for _ in range(2))

    assert lines(first) == lines(again)
    for word in ("渭工路社区", "家庭小修", "2026年11月22日 12:00", "2026年11月24日 09:00"):
        assert word in " ".join(lines(first))


def test_the_plate(world):
    station = stories.station(world)
    first, again = (Client().get(f"/stations/{station.code}/plate").text for _ in range(2))

    assert lines(first) == lines(again)
    assert station.name in " ".join(lines(first))


def three_orders(world, at):
    """One placed, one accepted, one rated."""
    for story in (stories.placed, stories.accepted, stories.rated):
        story(world, at)


def test_the_summary(world, at, monkeypatch):
    monkeypatch.setattr("yizhan.portal.views.now", lambda: at)
    three_orders(world, at)
    first, again = (open_as(world.sun, "/summary?as=paper") for _ in range(2))

    assert lines(first) == lines(again)
    assert "本期收到点单 3 件，其中已派出 2 件，已办结 1 件。" in " ".join(lines(first))


def test_the_summary_as_a_document(world, at):
    three_orders(world, at)
    made = summary(world.by.sun, Period.around("week", at.date()), at)
    values = document_values(made, place="渭工路社区", at=at)
    document = Document(BytesIO(filled("summary", values)))
    figures, groups = document.tables

    rows = {row.cells[0].text: [cell.text for cell in row.cells[1:4]] for row in figures.rows[1:]}
    assert rows == {name: [str(a), str(b), rate] for name, (a, b, rate) in SUMMARY.items()}
    counted = [[cell.text for cell in row.cells] for row in groups.rows[1:]]
    assert counted == [["生活帮扶", "3", "1"]]
    assert document.paragraphs[0].text == "渭工路社区点单工作小结"


def test_the_sheet_of_baselines(world, at):
    post = Post.objects.create(
        person=world.anju, role="organisation_department", unit=world.units["D"], since_date=SINCE
    )
    Post.objects.filter(person=world.anju).exclude(pk=post.pk).delete()
    by = actor_for(world.anju, post)
    enter_baseline(
        metric="desk_sessions", region=world.regions["610302"], statement=stated(), by=by, at=at
    )
    first, again = (open_as(world.anju, "/insights/sheet") for _ in range(2))

    assert lines(first) == lines(again)
    assert "800" in " ".join(lines(first))
    assert "年度台账第 3 页" in " ".join(lines(first))


def test_the_metrics(world, at, door):
    three_orders(world, at)
    path = "/insights/metrics?as=paper&period=week&of=2026-11-22"
    first, again = (open_as(world.sun, path) for _ in range(2))
    begins = ("收到点单", "点单办结", "主动评价率")
    counted = [line for line in lines(first) if line.startswith(begins)]

    assert lines(first) == lines(again)
    assert counted[:3] == [
        "收到点单 3 件",
        "点单办结 1 件",
        "主动评价率 件数太少，不显示百分比 1 1",
    ]


def test_the_routing_table(world, at, door):
    district = {"role": "organisation_department", "unit": world.units["D"]}
    post = Post.objects.create(person=world.grandpa_li, since_date=SINCE, **district)
    by = actor_for(world.grandpa_li, post)
    table = routing.begin_draft(by=by, at=at)
    line = Line(region_code="610302002", unit_id=world.units["P"].pk, note="物业先办")
    routing.add_rule(table=table, line=line, by=by, at=at)
    table.refresh_from_db()
    given = {"from_date": at.date(), "why": "第一版", "version": table.version, "newest": 0}
    routing.publish(table=table, by=by, at=at, **given)
    first, again = (open_as(world.zhou, "/routing/tables/1/sheet") for _ in range(2))

    assert lines(first) == lines(again)
    assert [line for line in lines(first) if "安居物业" in line]


def test_the_answers_for_the_wall(world, at):
    published(world, at)
    first, again = (open_as(world.sun, "/answers/sheet") for _ in range(2))

    assert lines(first) == lines(again)
    assert [line for line in lines(first) if "楼道的灯亮了" in line]


def test_the_supervision(world):
    given = {"words": "请限期办好", "by": world.by.zhou, "at": MONDAY + timedelta(days=9)}
    sheet = issue(supervision=supervised(world), **given)
    path = f"/ladder/supervisions/{sheet.code}/sheet"
    first, again = (open_as(world.zhou, path) for _ in range(2))

    assert lines(first) == lines(again)
    assert [line for line in lines(first) if "第一党支部" in line]


def test_the_notice_of_a_whistle(world, at):
    whistle = blown(world, at)
    path = f"/whistles/{whistle.code}/sheet"
    first, again = (open_as(world.zhou, path) for _ in range(2))

    assert lines(first) == lines(again)
    assert [line for line in lines(first) if "第一党支部" in line]


def test_the_card(world, at, door):
    person = stories.registered(world, at)
    card = people.issue_card(person=person, by=world.by.sun, at=at)

    pages = [lines(door("sun").get("card_sheet", person.code).text) for _ in range(2)]

    assert pages[0] == pages[1]
    assert pages[0][1] == "赵**，渭工路社区"
    assert spaced(card.code.open()) in pages[0]


def test_the_answer_on_paper(world, at, door):
    stories.done_for(world, stories.registered(world, at), at)
    notice = Notice.objects.get(kind="order_finished")
    deliver(notice_id=notice.pk, at=at)

    person = notice.to.code
    pages = [lines(door("sun").get("paper", person, 1).text) for _ in range(2)]

    assert pages[0] == pages[1]
    assert {"您的点单办好了", "赵秀兰，您好。", "答复 换了一只灯泡"} <= set(pages[0])


def test_the_proxy_on_paper(world, at, door):
    person, until = stories.registered(world, at), date(2027, 5, 20)
    proxy = people.entrust(principal=person, scopes=["rate"], until=until, by=world.by.sun, at=at)

    pages = [lines(door("sun").get("proxy_sheet", person.code, 1).text) for _ in range(2)]

    assert pages[0] == pages[1]
    wanted = {"委托人 赵**，渭工路社区", "可以替办 评单", "期限 2026年11月22日到 2027年5月20日"}
    assert wanted <= set(pages[0])
    assert spaced(proxy.shown_code) in pages[0]


def test_the_copy_of_one_s_own_data(world, at, settings):
    settings.STAFF_TOTP_REQUIRED = False
    stories.rated(world, at)
    asked = file_request(kind="copy", words="", by=world.by.aunt_wang, at=at)
    first, again = (open_as(world.sun, f"/requests/{asked.code}/take_copy") for _ in range(2))

    printed = [line for line in lines(first) if "打印，只交给本人" not in line]
    assert printed == [line for line in lines(again) if "打印，只交给本人" not in line]
    for part in everything(world.aunt_wang):
        assert part.holding.name in printed
        for row in part.rows:
            assert not [text for text in row.values() if text and text not in first]
