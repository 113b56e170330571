"""不用来了: the street tells a helper not to come, and why."""

from tests.orders.traces import heard, last, refused, step
from tests.whistles.stories import blown, call_of, there
from yizhan.whistles import operations


def cancel(world, at, whistle, unit="B1"):
    return operations.cancel_call(
        call=call_of(whistle, unit), words="人够了", by=world.by.zhou, at=at
    )


def test_the_unit_is_told(world, at):
    whistle = blown(world, at)
    with heard() as told:
        call = cancel(world, at, whistle)

    assert call.state == "cancelled"
    moved = {"from": "called", "to": "cancelled"}
    assert last(call) == step("cancelled", world.by.zhou, at, words="人够了", **moved)
    assert told == [("whistle_cancelled", world.liu.pk)]
    with refused("cancelled", "您的单位不用来了"):
        operations.report_in(call=call, by=world.by.liu, at=at)


def test_not_the_lead_and_not_who_is_there(world, at):
    whistle = there(world, at)

    with refused("is_lead", "先换一个牵头单位"):
        cancel(world, at, whistle, "P")
    with refused("wrong_state", "已经到场"):
        cancel(world, at, whistle)


def test_the_page(world, at, desk):
    whistle = blown(world, at)
    missing = desk("zhou").send("whistles:cancel_call", whistle.code, "B1", words="")
    assert (missing.status_code, "请写一句原因" in missing.text) == (422, True)
    sent = desk("zhou").send("whistles:cancel_call", whistle.code, "B1", words="人够了")
    assert sent.status_code == 302
    assert "人够了" in desk("liu").get("whistles:show", whistle.code).text
    again = desk("zhou").send("whistles:cancel_call", whistle.code, "B1", words="人够了")
    assert again.status_code == 409
