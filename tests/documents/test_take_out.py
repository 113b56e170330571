from datetime import date, timedelta
from io import BytesIO
from types import SimpleNamespace

import pytest
from openpyxl import load_workbook

from tests.orders import stories
from tests.portal.admin import browser, send
from tests.world import QIAONAN
from yizhan.base.actor import CLOCK
from yizhan.base.switches import set_module
from yizhan.base.verdict import Refused
from yizhan.documents import operations, rules
from yizhan.documents.ledgers import Taking
from yizhan.documents.models import LedgerExport
from yizhan.documents.operations.templates import Upload
from yizhan.orders.models import Order
from yizhan.privacy.marks import number_in
from yizhan.privacy.models import Look

pytestmark = pytest.mark.django_db
PAGE = "/ledgers/orders/take_out"
WORDS = "三单元的楼道灯不亮"


def sheet_of(data):
    return load_workbook(BytesIO(data)).active


def taken(ledger, by, at, template=None, **more):
    data = operations.take_out(
        ledger=ledger, template=template, taking=Taking(**more), by=by, at=at
    )
    return sheet_of(data)


def column(sheet, letter, first=5, last=16):
    found = [sheet[f"{letter}{row}"].value for row in range(first, last + 1)]
    return [one for one in found if one is not None]


@pytest.fixture
def several(world, at):
    there = world.regions[QIAONAN]
    return SimpleNamespace(
        new=stories.placed(world, at),
        done=stories.finished(world, at),
        rated=stories.rated(world, at),
        far=stories.placed(world, at, region=there),
    )


def test_the_ledger_in_the_communitys_own_template(world, at, ledger, in_use, several):
    sheet = taken(ledger, world.by.sun, at, in_use)

    assert column(sheet, "A") == [1, 2, 3]
    assert column(sheet, "B") == [several.new.code, several.done.code, several.rated.code]
    assert column(sheet, "E") == ["渭工路社区"] * 3
    assert column(sheet, "F") == ["王**"] * 3
    assert column(sheet, "G") == ["138****0001"] * 3
    assert column(sheet, "J") == [one.brief for one in (several.new, several.done, several.rated)]
    assert column(sheet, "K") == ["第一党支部"] * 2
    assert [len(column(sheet, letter)) for letter in "DLMN"] == [3, 2, 2, 2]
    assert column(sheet, "O") == ["是", "是"]
    assert column(sheet, "P") == ["待受理", "待评单", "已评单"]
    assert len(column(sheet, "Q")) == len(column(sheet, "R")) == 1
    assert sheet["A2"].value == "填报单位：渭工路社区　　统计期间："
    assert "填表人：孙晓梅" in sheet["A18"].value
    assert all(WORDS not in str(cell.value) for row in sheet.iter_rows() for cell in row)


def test_it_is_written_down_and_marked(world, at, ledger, in_use, several):
    sheet = taken(ledger, world.by.sun, at, in_use)
    (look,) = Look.objects.all()

    assert (look.kind, look.subject_type, look.purpose) == ("export", "regions.region", "导出台账")
    assert (look.subject_id, look.actor_id) == (world.weigong.pk, world.sun.pk)
    mark = sheet.oddFooter.center.text.split("\n")[1]
    assert "渭工路社区" in mark
    code = mark.split("查看编号 ")[1].split("，")[0]
    assert number_in(code) == look.pk
    assert code in sheet["A19"].value


def test_words_come_for_a_reason_and_each_can_learn_of_it(world, at, ledger, in_use, several):
    sheet = taken(ledger, world.by.sun, at, in_use, with_words=True, reason="街道要看原话核对")
    looks = Look.objects.order_by("pk")

    assert column(sheet, "J") == [WORDS] * 3
    assert column(sheet, "P")[0] == "待受理"
    assert "待评单" not in column(sheet, "P")
    assert looks[0].purpose == "导出台账，带原话：街道要看原话核对"
    assert {(one.subject_type, one.subject_id) for one in looks[1:]} == {
        ("orders.order", one.pk) for one in (several.new, several.done, several.rated)
    }


def test_the_filters_of_the_table_and_the_days(world, at, ledger, several):
    Order.objects.filter(pk=several.new.pk).update(placed_at=at - timedelta(days=40))
    by, today = world.by.zhou, at.date()
    found = {
        "all": len(column(taken(ledger, by, at), "B", 4)),
        "state": column(taken(ledger, by, at, filters={"state": "rated"}), "B", 4)[0],
        "since": len(column(taken(ledger, by, at, since=today), "B", 4)),
        "until": column(taken(ledger, by, at, until=today - timedelta(days=30)), "B", 4)[0],
    }

    assert found == {"all": 3, "state": several.rated.code, "since": 2, "until": several.new.code}


def test_a_street_reads_its_own_and_a_unit_what_was_given_to_it(world, at, ledger, several):
    assert column(taken(ledger, world.by.feng, at), "B", 4)[0] == several.far.code
    assert ledger.count(world.by.liu, Taking(), at) == 2
    assert ledger.count(world.by.zhou, Taking(), at) == 3
    unit = column(taken(ledger, world.by.liu, at), "H", 4, 8)
    assert set(unit) <= {"", None} or all("*" in one for one in unit)


def test_what_is_the_persons_own_elsewhere_is_not_in_the_ledger(world, at, ledger):
    there = world.regions[QIAONAN]
    stories.placed(world, at, region=there)
    Order.objects.update(author=world.sun)

    assert Order.objects.visible_to(world.by.sun, at).count() == 1
    assert ledger.count(world.by.sun, Taking(), at) == 0


def test_how_often_it_asks_the_database(world, at, ledger, several, django_assert_num_queries):
    list(ledger.rows(world.by.zhou, Taking(), at))
    with django_assert_num_queries(4):
        list(ledger.rows(world.by.zhou, Taking(), at))


@pytest.mark.parametrize(("amount", "more", "code"), [
    (0, {}, "nothing"),
    (rules.MOST_ROWS + 1, {}, "too_many"),
    (5, {"since": date(2026, 2, 1), "until": date(2026, 1, 1)}, "period"),
    (5, {"with_words": True, "reason": "看"}, "reason"),
    (5, {}, ""),
])  # fmt: skip
def test_what_is_refused(world, ledger, amount, more, code):
    verdict = rules.can_take_out(ledger, Taking(**more), world.by.sun, rules.Amount(amount))

    assert verdict.code == code


def test_who_may_not(world, at, ledger, several):
    for by in (world.by.chen, world.by.qian, world.by.aunt_wang, CLOCK):
        with pytest.raises(Refused) as refused:
            operations.take_out(ledger=ledger, template=None, taking=Taking(), by=by, at=at)
        assert refused.value.code == "no_power"
    for person in (world.chen, world.qian, world.aunt_wang):
        assert browser(person).get(PAGE).status_code == 404
    assert not Look.objects.exists()


def test_the_page_and_the_file(world, at, in_use, several):
    client = browser(world.sun)
    page = client.get(f"{PAGE}?state=rated")
    assert "社区台账" in page.text
    assert "已评单" in page.text
    assert "台账模板</a>" not in page.text
    assert not Look.objects.exists()

    answer = send(client, PAGE, state="rated")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert column(sheet_of(answer.content), "B") == [several.rated.code]
    plain = sheet_of(send(client, PAGE, template="-").content)
    assert plain["A1"].value == "群众诉求（点单）台账"


def test_the_page_says_what_is_wrong(world, at, several):
    client = browser(world.sun)
    late = send(client, PAGE, with_words="on", reason="")
    assert (late.status_code, "请写清楚为什么" in late.text) == (409, True)
    assert send(client, PAGE, template="NOTHING").status_code == 422
    assert send(client, PAGE, since="x").status_code == 422


def test_the_nearest_template_of_the_day_is_used(world, at, ledger, upload):
    def uploaded(by, region, since, name):
        one = operations.upload_template(
            ledger=ledger,
            region=world.regions[region],
            upload=Upload(name, since, upload.data),
            by=by,
            at=at,
        )
        return operations.map_template(template=one, layout=one.mapping, version=1, by=by, at=at)

    from yizhan.documents.queries import usable

    street = uploaded(world.by.zhou, "610302002", date(2026, 1, 1), "街道表")
    old = uploaded(world.by.ma, world.weigong.code, date(2026, 1, 1), "社区表")
    new = uploaded(world.by.ma, world.weigong.code, date(2026, 11, 1), "社区表")

    assert usable(ledger, world.by.sun, date(2026, 11, 22)) == [new, old, street]
    assert usable(ledger, world.by.sun, date(2026, 10, 31)) == [old, street]
    assert usable(ledger, world.by.liu, date(2026, 10, 31)) == [old, street]
    assert usable(ledger, world.by.zhou, date(2026, 11, 22)) == [street]
    assert usable(ledger, world.by.feng, date(2026, 11, 22)) == []


def test_a_long_one_is_made_by_the_worker(world, at, several, monkeypatch):
    monkeypatch.setattr("yizhan.documents.views.exports.MOST_AT_ONCE", 2)
    answer = send(browser(world.sun), PAGE)

    assert answer.headers["Location"] == LedgerExport.objects.get().get_absolute_url()


def test_off_there_is_none(world, at, several):
    set_module(module="orders", region_code="610302", on=False, by=CLOCK, at=at)

    assert browser(world.sun).get(PAGE).status_code == 404
    assert browser(world.ma).get("/ledgers/templates").status_code == 404
