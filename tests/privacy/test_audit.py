"""The audit administrator reads who looked, without names, numbers or words; that is a look too."""

import csv
import io
import re
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from tests.orders import stories
from tests.orders.traces import refused
from tests.privacy.admins import administrator, browser
from yizhan.base import chain
from yizhan.people import operations as people
from yizhan.privacy import auditing, operations
from yizhan.privacy.auditing import Wanted, narrowed, rows, sums
from yizhan.privacy.marks import code_of, number_in
from yizhan.privacy.models import Look

PAGE = "/audit/looks/"
PAGES = (PAGE, "/audit/acts", "/audit/chain", "/audit/retention")
HOUR = timedelta(hours=1)
SECRETS = ("王桂兰", "王阿姨", "孙晓梅", "13800000001", "138****0001", "楼道灯", "渭工路 18 号院")


@pytest.fixture(autouse=True)
def plain(settings, monkeypatch, at):
    settings.STAFF_TOTP_REQUIRED = False
    monkeypatch.setattr("yizhan.privacy.views.auditing.now", lambda: at)


@pytest.fixture
def auditor(world):
    return browser(administrator(world, "audit_admin")[0])


@pytest.fixture
def order(world, at):
    return stories.accepted(world, at)


@pytest.fixture
def seen(world, at, order):
    """Looks of three offices: on a Sunday, in the hours of a Monday, and in its night."""
    monday = at + timedelta(days=1) - timedelta(days=7)
    operations.look(subject=order, by=world.by.sun, at=at - HOUR)
    operations.look(
        subject=order, kind="export", purpose="打印单子", by=world.by.ma, at=monday - HOUR
    )
    operations.look(subject=order, by=world.by.feng, at=monday + 10 * HOUR)
    return operations.unmask(
        subject=order, accepted=False, purpose="王桂兰家里来电", by=world.by.zhou, at=monday - HOUR
    )


def test_no_name_no_number_no_word(world, at, auditor, order, seen):
    text = auditor.get(PAGE).text

    for words in (
        "渭工路社区",
        "社区工作者（专干）",
        world.sun.code,
        "打印单子",
        "写了理由",
        "点单",
    ):
        assert words in text
    for secret in (*SECRETS, order.code, order.receipt_code, "王桂兰家里来电"):
        assert secret not in text


def test_the_same_record_has_the_same_code_and_another_another(world, at, order, seen):
    other = stories.placed(world, at)
    operations.look(subject=other, by=world.by.sun, at=at)
    blind = [row.blind for row in rows(list(narrowed(Wanted(), at)))]

    assert len(set(blind)) == 2
    assert all(re.fullmatch(r"[0-9A-F]{10}", code) for code in blind)


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        (Wanted(), 4),
        (Wanted(days="7"), 4),
        (Wanted(kind="unmask"), 1),
        (Wanted(office="C"), 2),
        (Wanted(office="nowhere"), 0),
        (Wanted(late="1"), 2),
        (Wanted(many="1"), 0),
    ],
)
def test_filters(at, seen, wanted, count):
    assert narrowed(wanted, at).count() == count


def test_many_in_an_hour(world, at, order):
    for number in range(auditing.MANY):
        operations.look(subject=order, by=world.by.sun, at=at - timedelta(minutes=number % 3 + 1))
        operations.look(subject=order, by=world.by.ma, at=at - 2 * HOUR * number)

    found = narrowed(Wanted(many="1", days="366"), at)
    assert {look.actor_id for look in found} == {world.sun.pk}
    assert found.count() == auditing.MANY


def test_a_code_leads_to_its_look(at, auditor, seen):
    code = code_of(seen.pk)

    assert number_in(f" {code.lower()} ") == seen.pk
    assert number_in(code[:-1]) is None
    assert number_in("A" + code[1:]) is None
    assert [row.code for row in rows(list(narrowed(Wanted(code=code), at)))] == [code]
    assert "写了理由" in auditor.get(PAGE, {"code": code}).text
    assert auditor.get(PAGE, {"code": "?"}).status_code == 200


def test_the_sum_of_each_office_stands_in_the_order_of_their_codes(world, at, auditor, seen):
    for _ in range(3):
        operations.look(subject=seen_order(seen), by=world.by.zhou, at=at)

    assert [(unit.code, count) for unit, count in sums(Wanted(), at)] == [
        ("C", 2), ("C2", 1), ("S", 4)
    ]  # fmt: skip
    text = auditor.get(PAGE).text.split("各单位查看次数")[1]
    assert text.index("渭工路社区") < text.index("丽园路社区") < text.index("经二路街道")


def seen_order(look):
    from yizhan.orders.models import Order

    return Order.objects.get(pk=look.subject_id)


def test_pages_go_on_by_key(world, at, auditor, order, monkeypatch):
    monkeypatch.setattr(auditing, "PAGE", 2)
    for _ in range(3):
        operations.look(subject=order, by=world.by.sun, at=at)
    first = auditor.get(PAGE).text
    (before,) = set(re.findall(r"before=(\d+)", first))

    assert auditor.get(PAGE, {"before": before}).text.count(world.sun.code) == 1


def test_reading_and_taking_out_are_looks(at, auditor, seen):
    auditor.get(PAGE)
    auditor.get("/audit/acts")
    auditor.get(PAGE, {"as": "csv"})

    own = Look.objects.filter(subject_type__in=["privacy.look", "base.step"]).order_by("pk")
    assert list(own.values_list("kind", "subject_type", "purpose")) == [
        ("search", "privacy.look", "审计查阅"),
        ("search", "base.step", "审计查阅"),
        ("export", "privacy.look", "审计导出"),
    ]
    assert "审计管理员" in auditor.get(PAGE).text


@pytest.mark.parametrize("demo", [True, False])
def test_the_file_says_who_took_it_out_and_under_which_code(auditor, settings, seen, demo):
    settings.DEMO = demo
    answer = auditor.get(PAGE, {"as": "csv", "kind": "unmask"})
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    look = Look.objects.get(kind="export", subject_type="privacy.look")

    assert lines[0][0] == (
        f"渭滨区，审计管理员（账号 {look.actor.code}）2026年11月22日 12:00 导出或打印，"
        f"查看编号 {code_of(look.pk)}"
    )
    assert (lines[1] == ["演示数据"]) == demo
    assert tuple(lines[-2]) == auditing.HEADS
    assert lines[-1][-2:] == ["写了理由", code_of(seen.pk)]
    assert not [secret for secret in SECRETS if secret in answer.content.decode()]
    assert ".csv" in answer.headers["Content-Disposition"]


def test_the_same_as_a_workbook(auditor, seen):
    answer = auditor.get(PAGE, {"as": "xlsx"})
    rows = list(load_workbook(io.BytesIO(answer.content)).active.values)

    assert "审计管理员（账号" in str(rows)
    assert len(rows) == 2 + 4


def test_what_administrators_did(world, at, auditor):
    _, security = administrator(world, "security_admin")
    made = people.create_staff(
        name="新来的", username="new.one", unit=world.units["C"], role="clerk", by=security, at=at
    )
    stories.placed(world, at)
    text = auditor.get("/audit/acts").text

    for words in ("安全管理员", "建账号", "任岗", "岗位"):
        assert words in text
    assert "新来的" not in text
    assert made.person.code not in text
    assert ">点单<" not in text


def test_the_state_of_the_chain(world, at, auditor):
    stories.placed(world, at)
    assert "1 条" in auditor.get("/audit/chain").text
    chain.seal_waiting(at=at)
    head = chain.keep_head(at=at + timedelta(days=1))
    text = auditor.get("/audit/chain").text

    assert f"{head.position}:{bytes(head.hash).hex()}" in text
    assert "还没有核验过" in text


def test_the_periods_and_what_ended_last(world, at, auditor):
    from yizhan.base.actor import CLOCK

    assert "还没有办过" in auditor.get("/audit/retention").text
    operations.end_period(code="commands", limit=5, by=CLOCK, at=at)
    text = auditor.get("/audit/retention").text
    for words in ("点单的联系方式", "2 年", "0 条", "留存，系统不自动删除", "查看后至少 3 年"):
        assert words in text


@pytest.mark.parametrize("path", PAGES)
def test_nobody_else_opens_it(world, path):
    for who in (world.aunt_wang, world.sun, world.zhou):
        assert browser(who).get(path).status_code == 404
    for role in ("system_admin", "security_admin"):
        assert browser(administrator(world, role)[0]).get(path).status_code == 404
    assert browser().get(path).status_code == 302
    assert not Look.objects.exists()


def test_only_the_auditor_writes_such_a_look(world, at):
    with refused("no_power", "审计管理员"):
        operations.audit(what="privacy.look", kind="search", purpose="x", by=world.by.sun, at=at)
