"""打印单子: one order on paper for staff, with who printed it and when; never the telephone."""

import pytest

from tests.orders import stories
from tests.orders.stories import accepted, dispatched, placed
from yizhan.privacy.models import Look

PHONE = "13800000001"


def test_the_facts_the_history_and_who_printed_it(world, at, door, settings):
    settings.DEMO = True
    order = stories.rated(world, at)
    page = door("sun").get("sheet", order).text

    for word in ("三单元的楼道灯不亮", "渭工路 18 号院 3 号楼 201", "换了一只灯泡", "第一党支部",
                 "渭工路社区", "孙同志", "2026年11月22日 12:00", "演示数据", "派单"):  # fmt: skip
        assert word in page, word
    assert PHONE not in page
    assert "138****" not in page
    assert order.receipt_code not in page


def test_it_is_written_down_as_an_export(world, at, door):
    order = placed(world, at)
    door("sun").get("sheet", order)

    rows = Look.objects.values_list("kind", "subject_id", "actor", "purpose")
    assert list(rows) == [("export", order.pk, world.sun.pk, "打印单子")]


@pytest.mark.parametrize("who", ["aunt_wang", "chen", "grandpa_li", "zhao", "feng", "anju", "qian"])
def test_for_others_there_is_none(world, at, door, who):
    assert door(who).get("sheet", accepted(world, at)).status_code == 404
    assert not Look.objects.exists()


def test_not_by_a_receipt(world, at, door):
    order = dispatched(world, at)

    assert door().get("sheet", order.receipt_code).status_code == 302
    assert door("sun").get("sheet", order.receipt_code).status_code == 404


def test_the_record_leads_to_it(world, at, door):
    order = placed(world, at)

    assert f"/orders/{order.code}/sheet" in door("sun").get("show", order).text
