from dataclasses import replace

import pytest

from tests.orders import stories
from tests.portal.admin import browser, send
from yizhan.base.verdict import Refused
from yizhan.documents import operations
from yizhan.documents.models import LedgerTemplate

pytestmark = pytest.mark.django_db


def typed(template, **more):
    layout = template.mapping
    fields = {
        "sheet": layout.sheet, "version": template.version,
        "first_row": layout.first_row, "last_row": layout.last_row,
    }  # fmt: skip
    fields |= {f"col_{code}": letter for code, letter in layout.columns.items()}
    fields |= {f"at_{source}": cell for source, cell in layout.fixed.items()}
    return fields | more


def path(template, verb="map_template"):
    return f"/ledgers/templates/{template.code}/{verb}"


def test_a_draft_is_put_to_use(world, at, draft):
    layout = replace(draft.mapping, columns={"number": "A", "brief": "J"})
    done = operations.map_template(template=draft, layout=layout, version=1, by=world.by.ma, at=at)

    assert (done.state, done.version) == ("in_use", 2)
    assert LedgerTemplate.objects.get().mapping == layout
    step = done.steps.last()
    assert (step.kind, step.facts) == ("mapped", {"from": "draft", "to": "in_use", "columns": 2})


def test_one_in_use_is_put_right(world, at, in_use):
    layout = replace(in_use.mapping, fixed={})
    done = operations.map_template(template=in_use, layout=layout, version=2, by=world.by.ma, at=at)

    assert (done.state, done.version, done.mapping.fixed) == ("in_use", 3, {})
    assert done.steps.last().facts == {"columns": 19}


def test_what_is_refused(world, at, draft):
    wrong = replace(draft.mapping, columns={"number": "A", "brief": "A"})
    tried = [
        (world.by.ma, 9, draft.mapping, "stale"),
        (world.by.ma, 1, wrong, "bad_layout"),
        (world.by.zhou, 1, draft.mapping, "outside"),
        (world.by.sun, 1, draft.mapping, "no_power"),
    ]
    for by, version, layout, code in tried:
        with pytest.raises(Refused) as refused:
            operations.map_template(template=draft, layout=layout, version=version, by=by, at=at)
        assert refused.value.code == code
    operations.retire_template(template=draft, by=world.by.ma, at=at)
    with pytest.raises(Refused) as refused:
        operations.map_template(
            template=draft, layout=draft.mapping, version=2, by=world.by.ma, at=at
        )
    assert refused.value.code == "wrong_state"


def test_the_page_and_a_late_one(world, draft):
    client = browser(world.ma)
    assert send(client, path(draft), **typed(draft)).status_code == 302
    assert LedgerTemplate.objects.get().state == "in_use"

    late = send(client, path(draft), **typed(draft))
    assert late.status_code == 409
    assert "刚被别人改过" in late.text


@pytest.mark.parametrize(("field", "value", "said"), [
    ("col_brief", "A", "选了两次"),
    ("col_brief", "ZZ", "表里没有这一列"),
    ("first_row", "", "请填行号"),
    ("first_row", "x", "请填一个整数"),
    ("first_row", "0", "行号从 1 数起"),
    ("last_row", "1", "第一行要在最后一行之前"),
    ("at_maker", "A6", "在数据行里"),
    ("at_maker", "B18", "后半格"),
    ("sheet", "没有", "没有这张工作表"),
])  # fmt: skip
def test_a_wrong_mapping_is_shown_again(world, draft, field, value, said):
    answer = send(browser(world.ma), path(draft), **typed(draft, **{field: value}))

    assert answer.status_code == 422
    assert said in answer.text
    assert LedgerTemplate.objects.get().state == "draft"


def test_the_preview_shows_five_real_rows_and_keeps_nothing(world, at, draft):
    for number in range(7):
        stories.placed(world, at, words=f"第 {number} 件：灯不亮了")
    answer = send(browser(world.ma), path(draft, "preview_template"), **typed(draft))

    assert answer.status_code == 200
    for word in ("最早的", "王**", "138****0001", "填报单位：渭工路社区", "填表人：马丽萍"):
        assert word in answer.text
    assert answer.text.count("138****0001") == 5
    assert "第 0 件" not in answer.text
    assert LedgerTemplate.objects.get().state == "draft"


def test_who_reads_no_orders_previews_an_invented_row(world, at, ledger, upload, department):
    stories.placed(world, at)
    mine = operations.upload_template(
        ledger=ledger, region=world.regions["610302"], upload=upload, by=department, at=at
    )
    answer = send(browser(world.anju), path(mine, "preview_template"), **typed(mine))

    assert answer.status_code == 200
    assert "这一行是编的样子" in answer.text
    assert "138****0001" in answer.text
    assert "渭工路" not in answer.text


def test_nobody_else_comes_near(world, draft):
    for person in (world.sun, world.feng, world.zhou, world.aunt_wang):
        for verb in ("map_template", "preview_template"):
            assert send(browser(person), path(draft, verb), **typed(draft)).status_code == 404


def test_from_above_it_is_seen_and_not_changed(world, at, ledger, upload):
    above = operations.upload_template(
        ledger=ledger, region=world.regions["610302002"], upload=upload, by=world.by.zhou, at=at
    )
    client = browser(world.ma)
    page = client.get(above.get_absolute_url())

    assert page.status_code == 200
    assert "保存并启用" not in page.text
    assert send(client, path(above), **typed(above)).status_code == 409
