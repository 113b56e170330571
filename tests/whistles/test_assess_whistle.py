"""单位评吹哨: was it needed, was it clear, did the street do its part."""

from tests.orders.traces import last, refused, step
from tests.whistles.stories import UNIT, blown, call_of, closed
from yizhan.whistles import operations
from yizhan.whistles.models import Assessment


def assess(world, at, whistle, unit="B1", who="liu"):
    by = getattr(world.by, who)
    return operations.assess_whistle(
        call=call_of(whistle, unit), levels=UNIT, words="", by=by, at=at
    )


def test_each_unit_says_it_once(world, at):
    whistle = closed(world, at)
    call = assess(world, at, whistle)
    assess(world, at, whistle, "P", "anju")

    found = Assessment.objects.values_list("call__unit__code", "side", "levels")
    assert sorted(found) == [("B1", "unit", UNIT), ("P", "unit", UNIT)]
    assert last(call) == step("assessed_whistle", world.by.liu, at)
    with refused("given", "已经评过了"):
        assess(world, at, whistle)


def test_not_for_others_and_not_who_was_told_not_to_come(world, at):
    whistle = blown(world, at)
    operations.cancel_call(call=call_of(whistle, "B1"), words="人够", by=world.by.zhou, at=at)
    operations.close_whistle(whistle=whistle, words="好了", by=world.by.zhou, at=at)

    with refused("cancelled", "没有来的单位不用互评"):
        assess(world, at, whistle)
    with refused("not_your_unit", "由被叫到的单位来评"):
        assess(world, at, whistle, "P", "zhou")


def test_the_page(world, at, desk):
    whistle = closed(world, at)
    sent = desk("anju").send("whistles:assess_whistle", whistle.code, "P", words="", **UNIT)
    assert sent.status_code == 302
    again = desk("anju").send("whistles:assess_whistle", whistle.code, "P", words="", **UNIT)
    assert again.status_code == 409
