"""换牵头单位: another of the called units leads, for a reason."""

from tests.orders.traces import heard, last, refused, step
from tests.whistles.stories import blown, call_of
from yizhan.whistles import operations


def change(world, at, whistle, unit="B1"):
    unit, by = world.units[unit], world.by.zhou
    return operations.change_lead(whistle=whistle, unit=unit, words="人手足", by=by, at=at)


def test_both_are_told(world, at):
    whistle = blown(world, at)
    with heard() as told:
        whistle = change(world, at, whistle)

    assert [call_of(whistle, code).part for code in ("P", "B1")] == ["helper", "lead"]
    assert last(whistle) == step("lead_changed", world.by.zhou, at, words="人手足", unit="B1")
    kind = "whistle_lead_changed"
    assert told == [(kind, world.liu.pk), (kind, world.anju.pk)]


def test_the_former_lead_may_then_be_told_not_to_come(world, at):
    whistle = change(world, at, blown(world, at))
    call = call_of(whistle, "P")

    done = operations.cancel_call(call=call, words="换人了", by=world.by.zhou, at=at)
    assert done.state == "cancelled"


def test_only_to_another_that_was_called(world, at):
    whistle = blown(world, at)

    for unit in ("P", "B2"):
        with refused("not_called", "请从叫到的其他单位里选"):
            change(world, at, whistle, unit)


def test_the_page(world, at, desk):
    whistle = blown(world, at)
    missing = desk("zhou").send("whistles:change_lead", whistle.code, unit="B1", words="")
    assert (missing.status_code, "请写一句换的原因" in missing.text) == (422, True)
    sent = desk("zhou").send("whistles:change_lead", whistle.code, unit="B1", words="人手足")
    assert sent.status_code == 302
    again = desk("zhou").send("whistles:change_lead", whistle.code, unit="B1", words="人手足")
    assert again.status_code == 409
    sent = desk("anju").send("whistles:change_lead", whistle.code, unit="P", words="人手足")
    assert sent.status_code == 409
