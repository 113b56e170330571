"""报到: a tap, never a position or a photo."""

import pytest

from tests.orders.traces import last, refused, step
from tests.whistles.stories import blown, call_of, there
from yizhan.whistles import operations


def report(world, at, whistle, who="anju", unit="P"):
    return operations.report_in(call=call_of(whistle, unit), by=getattr(world.by, who), at=at)


def test_the_unit_is_there(world, at):
    call = report(world, at, blown(world, at))

    assert (call.state, call.answered_at, call.arrived_at) == ("arrived", at, at)
    assert last(call) == step("arrived", world.by.anju, at, **{"from": "called", "to": "arrived"})


def test_a_unit_that_could_not_come_may_come_after_all(world, at):
    whistle = blown(world, at)
    operations.explain(call=call_of(whistle, "B1"), words="人手在别处", by=world.by.liu, at=at)

    assert report(world, at, whistle, "liu", "B1").state == "arrived"


def test_once(world, at):
    whistle = there(world, at)

    with refused("wrong_state", "已经报到了"):
        report(world, at, whistle)


@pytest.mark.parametrize("who", ["sun", "zhou", "zhao", "liu"])
def test_nobody_else(world, at, who):
    whistle = blown(world, at)

    with refused("not_your_unit", "由被叫到的单位来做"):
        report(world, at, whistle, who)


def test_the_page_asks_for_nothing_but_a_tap(world, at, desk):
    whistle = blown(world, at)
    page = desk("anju").get("whistles:show", whistle.code).text
    assert "我们到了" in page
    assert 'type="file"' not in page
    assert 'name="lat"' not in page

    assert desk("anju").send("whistles:report_in", whistle.code, "P").status_code == 302
    assert "1 家已到场" in desk("zhou").get("orders:show", whistle.order.code).text


def test_late(world, at, desk):
    sent = desk("anju").send("whistles:report_in", there(world, at).code, "P")

    assert sent.status_code == 409
    assert "已经报到了" in sent.text
