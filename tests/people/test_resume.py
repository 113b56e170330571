"""恢复接单: may be asked again at once."""

from tests.orders.stories import dispatched
from tests.people.cast import refused_code
from yizhan.orders import operations as orders
from yizhan.people import operations


def test_at_once(world, at):
    operations.pause(person=world.chen, days=30, by=world.by.chen, at=at)
    kept = operations.resume(person=world.chen, by=world.by.chen, at=at)

    assert kept.paused_until is None
    assert [step.kind for step in kept.steps] == ["paused", "resumed"]
    order = dispatched(world, at)
    orders.invite(order=order, people=[world.chen], by=world.by.sun, at=at)


def test_only_oneself(world, at):
    def resume():
        return operations.resume(person=world.chen, by=world.by.liu, at=at)

    assert refused_code(resume) == "not_self"


def test_the_page(client, world):
    client.force_login(world.chen)
    client.post("/me/times/pause", {"days": "7"})

    assert client.post("/me/times/resume").headers["Location"] == "/me/times"
    assert "这段时间不要邀请我" in client.get("/me/times").text
