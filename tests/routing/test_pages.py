"""The pages of the routing table: who reads what, writing, stale forms, sheets, print."""

from datetime import timedelta
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.portal.admin import browser, send
from tests.routing.conftest import OTHER_STREET, STREET, in_order
from tests.world import QIAONAN, WEIGONG
from yizhan.base import sheets
from yizhan.routing.models import RoutingRule, RoutingTable
from yizhan.routing.operations import begin_draft, propose_rule

pytestmark = pytest.mark.django_db
READING = ("tables", "bench", "reports")
WRITING = ("draft", "draft/add_rule", "draft/import_rules", "draft/publish", "draft/preview")


@pytest.fixture(autouse=True)
def clock(monkeypatch, at):
    for name in ("reading", "drafting", "publishing"):
        monkeypatch.setattr(f"yizhan.routing.views.{name}.now", lambda: at)


@pytest.fixture
def client(world, org):
    return browser(world.anju)


@pytest.fixture
def published(add, publish):
    """A version with a rule for everywhere, for one street, and for another."""
    add("environment", unit="C", note="社区自办")
    add("facility", region=STREET, unit="P")
    add("daily", region=OTHER_STREET, kind="team")
    return publish()


def typed(**more):
    return {"target": "kind:branch"} | more


def test_who_reads_and_who_writes(world, org, published, client, at):
    begin_draft(by=org, at=at)
    for path in (*READING, "tables/1/table", "tables/1/sheet", "tables/1/table?as=xlsx"):
        for who in (world.anju, world.sun, world.ma, world.zhou):
            assert browser(who).get(f"/routing/{path}").status_code == 200, (path, who)
        for who in (world.aunt_wang, world.chen, world.liu, world.qian):
            assert browser(who).get(f"/routing/{path}").status_code == 404, (path, who)
        assert browser().get(f"/routing/{path}").status_code == 302
    for path in WRITING:
        assert client.get(f"/routing/{path}").status_code == 200, path
        for who in (world.sun, world.zhou, world.chen):
            assert browser(who).get(f"/routing/{path}").status_code == 404, path


def test_a_street_reads_what_concerns_it(world, published):
    text = browser(world.zhou).get("/routing/tables").text

    assert "环境卫生" in text
    assert "安居物业" in text
    assert "生活帮扶" not in text
    there = f"/routing/bench?category=daily&region={QIAONAN}&level=normal"
    assert "有内容需要修改" in browser(world.zhou).get(there).text
    assert "第 3 条" not in browser(world.zhou).get("/routing/tables/1/sheet").text


def test_acts_are_not_found_outside(world, draft, add, at):
    row = add("daily")
    before = RoutingRule.objects.values_list("version", "state").get()
    for who in (world.sun, world.zhou, world.chen, None):
        for path in ("begin_draft", "draft/add_rule", "draft/publish", "draft/import_rules"):
            assert send(browser(who), f"/routing/{path}", **typed()).status_code in (302, 404)
        for verb in ("change_rule", "move_rule", "end_rule", "accept_rule", "drop_rule"):
            path = f"/routing/draft/{row.pk}/{verb}"
            assert send(browser(who), path, version="1", where="up").status_code in (302, 404)
    assert RoutingRule.objects.values_list("version", "state").get() == before


def test_from_a_draft_to_a_version(client, at):
    assert "还没有发布过派单目录" in client.get("/routing/tables").text
    assert send(client, "/routing/begin_draft").headers["Location"] == "/routing/draft"
    assert "草稿里还没有规定" in client.get("/routing/draft").text
    answer = send(
        client, "/routing/draft/add_rule", category="facility", region=WEIGONG, level="urgent",
        outside_hours="yes", words="电梯、扶梯", **typed(target="P", note="先派物业"),
    )  # fmt: skip
    assert answer.headers["Location"] == "/routing/draft"
    said = (
        "「物业与公共设施」，渭工路社区，级别是急，办公时间以外点的单，原话里有「电梯」或「扶梯」"
    )
    assert said in client.get("/routing/draft").text
    table = RoutingTable.objects.get()
    page = client.get("/routing/draft/publish").text
    assert "第一版的规定" in page

    answer = send(
        client, "/routing/draft/publish", from_date=at.date(), why="试行三个月",
        version=table.version, newest=0,
    )  # fmt: skip

    assert answer.headers["Location"] == "/routing/tables"
    page = client.get("/routing/tables").text
    assert "正在用的：第 1 版" in page
    assert "试行三个月" in page


def test_an_incomplete_rule(client, draft):
    answer = send(client, "/routing/draft/add_rule", category="daily", words="电" * 13)

    assert answer.status_code == 422
    for words in ("请选派给哪个单位", "太长，一个词最多 12 个字"):
        assert words in answer.text
    assert not RoutingRule.objects.exists()


def test_a_form_opened_before_another_change_is_stale(client, add):
    row = add("daily")
    path = f"/routing/draft/{row.pk}/change_rule"
    assert 'value="1"' in client.get(path).text
    first = send(client, path, category="daily", version="1", **typed(target="kind:team"))
    assert first.status_code == 302

    late = send(client, path, category="facility", version="1", **typed())

    assert late.status_code == 409
    assert "别人刚改过这一条，现在是：「生活帮扶」，全区，派给当地的志愿服务队" in unescape(
        late.text
    )
    assert 'name="version" value="2"' in late.text
    row.refresh_from_db()
    assert row.kind == "team"
    for verb, more in (("move_rule", {"where": "up"}), ("end_rule", {})):
        answer = send(client, f"/routing/draft/{row.pk}/{verb}", version="1", **more)
        assert answer.status_code == 409, verb


def test_up_down_and_out(client, draft, add):
    one, two = add("daily"), add("facility")
    send(client, f"/routing/draft/{two.pk}/move_rule", version="1", where="up")
    assert in_order(draft) == [two.pk, one.pk]
    send(client, f"/routing/draft/{two.pk}/end_rule", version="2")
    assert in_order(draft) == [one.pk]
    assert "去掉一条：「物业与公共设施」" in client.get("/routing/draft").text


def test_a_proposal_is_answered(world, client, draft, line, at):
    rows = [
        propose_rule(
            line=line(code, unit="P"), source="disputes.ruling", source_code=f"48271K3QX{n}",
            reason="裁定", by=world.by.zhou, at=at,
        )
        for n, code in enumerate(("facility", "daily"))
    ]  # fmt: skip
    page = client.get("/routing/draft").text
    assert "裁定提出的建议" in page
    missing = send(client, f"/routing/draft/{rows[1].pk}/drop_rule")
    assert missing.status_code == 422
    assert "请写一句为什么不采纳" in missing.text
    send(client, f"/routing/draft/{rows[0].pk}/accept_rule")
    send(client, f"/routing/draft/{rows[1].pk}/drop_rule", reason="只是这一件的情况")
    assert in_order(draft) == [rows[0].pk]
    late = send(client, f"/routing/draft/{rows[0].pk}/accept_rule")
    assert (late.status_code, "已经有人处理过了" in late.text) == (409, True)


def book(*rows):
    return SimpleUploadedFile("目录.xlsx", sheets.as_xlsx(rows), sheets.XLSX)


def hidden(text, name):
    return unescape(text.split(f'name="{name}" value="', 1)[1].split('"', 1)[0])


def test_a_sheet_is_looked_at_and_then_imported(client, draft, add):
    add("daily", kind="team", note="红色先锋队")
    answer = client.get("/routing/draft?as=xlsx")
    rows = sheets.from_xlsx(answer.content, most=10)
    assert [row[0] for row in rows] == ["类别", "daily 生活帮扶"]
    more = ["", "", "", "", "", "", "", "", "C 渭工路社区", "=1+1"]

    looked = send(client, "/routing/draft/import_rules", file=book(*rows, more))

    assert looked.status_code == 200
    assert draft.rules.active().count() == 1
    done = send(
        client, "/routing/draft/import_rules", rows=hidden(looked.text, "rows"),
        version=hidden(looked.text, "version"),
    )  # fmt: skip
    assert done.headers["Location"] == "/routing/draft"
    assert [row.note for row in draft.rules.active()] == ["红色先锋队", "=1+1"]


def test_a_bad_sheet_names_its_rows(client, draft, add):
    head = sheets.from_xlsx(client.get("/routing/draft?as=xlsx").content, most=10)[0]
    bad = ["dragons", "", "", "", "", "", "", "", "", ""]
    looked = send(client, "/routing/draft/import_rules", file=book(head, bad))

    assert looked.status_code == 422
    assert "第 2 行：没有代码是「dragons」的类别" in unescape(looked.text)
    assert "导入这些规定" not in looked.text
    for file, said in (
        (SimpleUploadedFile("a.xlsx", b"PK\x03\x04 no book"), "这个文件不是 .xlsx 表格"),
        (book(["类别", "派给"]), "缺少这一列：地区"),
    ):
        answer = send(client, "/routing/draft/import_rules", file=file)
        assert (answer.status_code, said in answer.text) == (422, True)
    for rows in ("no json", '[["a"]]', '[{"类别": 1}]', '[{"类别": "\\u0000"}]'):
        answer = send(client, "/routing/draft/import_rules", rows=rows, version="1")
        assert answer.status_code == 422, rows


def test_republish_from_its_page(world, org, published, publish, client, at):
    begin_draft(by=org, at=at)
    publish(from_date=at.date() + timedelta(days=3))
    assert "按这一版再发布" in client.get("/routing/tables/1/table").text
    assert "按这一版再发布" not in client.get("/routing/tables/2/table").text
    path = "/routing/tables/1/republish"
    assert send(client, path, from_date="", why="").status_code == 422
    assert send(browser(world.zhou), path, from_date=at.date(), why="x").status_code == 404
    past = send(client, path, from_date=at.date() - timedelta(days=1), why="派错了")
    assert (past.status_code, "生效日期不能早于今天" in past.text) == (409, True)

    assert send(client, path, from_date=at.date(), why="派错了").status_code == 302

    page = client.get("/routing/tables").text
    assert "正在用的：第 3 版" in page
    assert "没有生效，已被后一版代替" in page


def test_a_broken_rule_is_loud_on_every_page(world, published, client):
    unit = world.units["C"]
    unit.ended_date = published.from_date
    unit.save()

    for path in ("tables", "tables/1/table", "reports", "tables/1/sheet"):
        assert "失效" in client.get(f"/routing/{path}").text, path
    tried = client.get(f"/routing/bench?category=environment&region={WEIGONG}&level=normal")
    assert "本该生效，但它失效了：单位「渭工路社区」已停用" in unescape(tried.text)
    assert "不能按目录派" in tried.text


def test_the_bench_says_which_rule_fires_and_why_the_others_do_not(client, published):
    path = f"/routing/bench?category=facility_light&region={WEIGONG}&level=normal"
    text = unescape(client.get(path).text)

    assert "派给安居物业" in text
    assert "「物业与公共设施」，经二路街道，派给安居物业" in text
    assert "只管「环境卫生」" in text
    assert "没有管到这件事的规定" in unescape(
        client.get(path.replace("facility_light", "wish_small")).text
    )
    bad = client.get("/routing/bench?category=dragons&region=x&level=y&day=never")
    assert (bad.status_code, "有内容需要修改" in bad.text) == (200, True)


def test_the_reports(client, org, draft, add, at):
    add("environment", unit="C")
    add("facility", region=WEIGONG, level="urgent", unit="P")
    text = unescape(client.get("/routing/reports?table=draft").text)

    assert "没有失效的、永远用不到的" in text
    assert "垃圾清理" not in text
    assert "便民代办（整个大类）" in text
    assert "物业与公共设施（整个大类）" in text
    assert "当地的物业企业" in text


@pytest.mark.parametrize("page", ["tables", "draft", "reports?table=draft", "draft/publish"])
def test_a_longer_table_asks_no_more(client, draft, add, page):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    add("daily")
    client.get(f"/routing/{page}")
    with CaptureQueriesContext(connection) as few:
        client.get(f"/routing/{page}")
    for code in ("facility", "environment", "culture"):
        add(code, region=WEIGONG, unit="C")
    with CaptureQueriesContext(connection) as many:
        client.get(f"/routing/{page}")

    assert len(many) == len(few)


def test_a_file_of_the_demo_says_so_and_is_read_again(client, draft, add, settings):
    settings.DEMO = True
    add("daily")
    rows = sheets.from_xlsx(client.get("/routing/draft?as=xlsx").content, most=10)
    assert rows[0][-1] == "演示数据"

    looked = send(client, "/routing/draft/import_rules", file=book(*rows))

    assert (looked.status_code, "导入这些规定" in looked.text) == (200, True)
