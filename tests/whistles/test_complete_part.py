"""办完: each unit says what it did; what the lead writes is the result."""

from tests.orders.traces import heard, last, refused, step
from tests.whistles.stories import blown, call_of, there
from yizhan.whistles import operations


def complete(world, at, whistle, unit="P", who="anju"):
    return operations.complete_part(
        call=call_of(whistle, unit), words="清掉了", by=getattr(world.by, who), at=at
    )


def test_the_lead_writes_the_result_and_the_street_is_told(world, at):
    whistle = there(world, at)
    with heard() as told:
        call = complete(world, at, whistle)

    assert (call.state, call.done_at) == ("done", at)
    moved = {"from": "arrived", "to": "done"}
    assert last(call) == step("done", world.by.anju, at, words="清掉了", **moved)
    assert told == [("whistle_result", world.zhou.pk)]


def test_a_helper_is_done_without_a_message(world, at):
    whistle = there(world, at)
    with heard() as told:
        complete(world, at, whistle, "B1", "chen")

    assert told == []


def test_only_who_was_there(world, at):
    whistle = blown(world, at)

    with refused("wrong_state", "报到以后才能写办完"):
        complete(world, at, whistle)


def test_the_page(world, at, desk):
    whistle = there(world, at)
    missing = desk("anju").send("whistles:complete_part", whistle.code, "P", words="")
    assert (missing.status_code, "请写一句办的结果" in missing.text) == (422, True)

    assert desk("anju").send(
        "whistles:complete_part", whistle.code, "P", words="清掉了"
    ).status_code == 302  # fmt: skip
    assert "清掉了" in desk("liu").get("whistles:show", whistle.code).text


def test_late(world, at, desk):
    sent = desk("anju").send("whistles:complete_part", blown(world, at).code, "P", words="好了")

    assert sent.status_code == 409
