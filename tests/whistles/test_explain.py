"""说明来不了: a unit that cannot come says why."""

from tests.orders.traces import heard, last, refused, step
from tests.whistles.stories import blown, call_of, there
from yizhan.whistles import operations


def explain(world, at, whistle, words="同一时间有抢险"):
    return operations.explain(call=call_of(whistle, "B1"), words=words, by=world.by.liu, at=at)


def test_the_street_is_told(world, at):
    whistle = blown(world, at)
    with heard() as told:
        call = explain(world, at, whistle)

    assert (call.state, call.answered_at) == ("explained", at)
    moved = {"from": "called", "to": "explained"}
    assert last(call) == step("explained", world.by.liu, at, words="同一时间有抢险", **moved)
    assert told == [("whistle_explained", world.zhou.pk)]


def test_not_who_is_there(world, at):
    whistle = there(world, at)

    with refused("wrong_state", "已经报到或说明过了"):
        explain(world, at, whistle)


def test_the_reason_is_needed(world, at, desk):
    whistle = blown(world, at)
    sent = desk("liu").send("whistles:explain", whistle.code, "B1", words="")

    assert sent.status_code == 422
    assert "请写一句来不了的原因" in sent.text


def test_the_street_reads_the_reason(world, at, desk):
    whistle = blown(world, at)
    assert desk("liu").send(
        "whistles:explain", whistle.code, "B1", words="同一时间有抢险"
    ).status_code == 302  # fmt: skip

    text = desk("zhou").get("whistles:show", whistle.code).text
    assert "同一时间有抢险" in text
    assert "来不了，已说明" in text


def test_late(world, at, desk):
    sent = desk("liu").send("whistles:explain", there(world, at).code, "B1", words="没人")

    assert sent.status_code == 409
