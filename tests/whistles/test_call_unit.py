"""再叫一家: one more unit, or one again that was told not to come."""

from datetime import timedelta

from tests.orders.traces import heard, refused
from tests.whistles.stories import blown, call_of, closed
from yizhan.whistles import operations

LATER = timedelta(days=3)


def more(world, at, whistle, unit="B2", who="zhou"):
    by = getattr(world.by, who)
    return operations.call_unit(whistle=whistle, unit=world.units[unit], by=by, at=at)


def test_one_more_helps(world, at):
    whistle = blown(world, at)
    more(world, at + LATER, whistle)

    call = call_of(whistle, "B2")
    assert (call.part, call.state, call.called_at) == ("helper", "called", at + LATER)
    assert call.answer_by > at + LATER


def test_one_that_was_told_not_to_come_is_called_again_with_new_time(world, at):
    whistle = blown(world, at)
    before = call_of(whistle, "B1").answer_by
    operations.cancel_call(call=call_of(whistle, "B1"), words="人够了", by=world.by.zhou, at=at)
    with heard() as told:
        more(world, at + LATER, whistle, "B1")

    assert call_of(whistle, "B1").state == "called"
    assert call_of(whistle, "B1").answer_by > before
    assert told == [("whistle_called", world.liu.pk)]


def test_not_twice_not_from_elsewhere_not_after_the_end_not_by_a_unit(world, at):
    whistle, over = blown(world, at), closed(world, at)

    with refused("called_already", "已经叫过了"):
        more(world, at, whistle, "P")
    with refused("unit_elsewhere", "不在本社区和街道的承办范围"):
        more(world, at, whistle, "C2")
    with refused("wrong_state", "已经结束"):
        more(world, at, over)
    with refused("not_your_post", "由吹哨的街道来做"):
        more(world, at, whistle, who="anju")


def test_the_page(world, at, desk):
    whistle = blown(world, at)
    missing = desk("zhou").send("whistles:call_unit", whistle.code, unit="")
    assert (missing.status_code, "请选一家单位" in missing.text) == (422, True)

    assert desk("zhou").send("whistles:call_unit", whistle.code, unit="B2").status_code == 302
    assert "第二党支部" in desk("anju").get("whistles:show", whistle.code).text
    again = desk("zhou").send("whistles:call_unit", whistle.code, unit="B2")
    assert (again.status_code, "已经叫过了" in again.text) == (409, True)
