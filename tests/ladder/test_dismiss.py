"""不督办: the street sees no need, and says why."""

from tests.ladder.conftest import supervised, walk
from tests.ladder.test_issue import NOW
from tests.orders.clockwork import moment
from tests.orders.traces import heard, last, refused, step
from yizhan.ladder import operations, queries
from yizhan.ladder.models import Supervision


def test_with_a_reason(world):
    sheet, reason = supervised(world), "等零件，已和点单人说好"

    with heard() as told:
        sheet = operations.dismiss(supervision=sheet, reason=reason, by=world.by.zhou, at=NOW)

    moved = {"from": "proposed", "to": "dismissed"}
    assert last(sheet) == step("dismissed", world.by.zhou, NOW, words=reason, **moved)
    assert told == []
    assert queries.supervision_of(sheet.order) is None
    walk(moment("2026-12-03 09:00"), moment("2026-12-10 09:00"))
    assert Supervision.objects.count() == 1


def test_nobody_else_and_once(world):
    sheet = supervised(world)
    with refused("not_your_post", "由街道或区里来定"):
        operations.dismiss(supervision=sheet, reason="不用", by=world.by.sun, at=NOW)
    operations.dismiss(supervision=sheet, reason="不用", by=world.by.zhou, at=NOW)
    with refused("wrong_state", "已经有人定过了"):
        operations.dismiss(supervision=sheet, reason="不用", by=world.by.zhou, at=NOW)


def test_the_page(world, browser):
    sheet = supervised(world)
    street, path = browser("zhou", NOW), f"supervisions/{sheet.code}/dismiss"

    assert street.send(path, reason="").status_code == 422
    assert street.send(path, reason="等零件").status_code == 302
    assert "等零件" in street.get(f"supervisions/{sheet.code}/supervision").text
    assert "督办单 <span" not in street.get("desk").text
