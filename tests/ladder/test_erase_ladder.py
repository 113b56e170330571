"""What was written on the ladder goes with the words of the order."""

from tests.ladder.conftest import referred
from tests.ladder.test_answer import answered
from tests.ladder.test_decide import decide
from tests.ladder.test_issue import issued
from tests.orders.clockwork import moment
from tests.orders.traces import kinds
from yizhan.base.actor import CLOCK
from yizhan.ladder.models import Supervision
from yizhan.orders import operations as orders

NOW = moment("2026-12-08 09:00")


def test_all_of_it_goes(world, browser):
    decision = decide(referred(world), world.by.zhou)
    sheet = Supervision.objects.with_names().get(order=decision.order)
    sheet = answered(world, sheet=issued(world, sheet))
    order = orders.finish(order=sheet.order, result="好了", by=world.by.chen, at=NOW)

    orders.erase_words(order=order, by=CLOCK, at=NOW)

    for case in (sheet, decision):
        case.refresh_from_db()
        assert case.words is None
        assert case.erased_at == NOW
        assert kinds(case)[-1] == "erased"
    assert sheet.answer is None
    page = browser("zhou", NOW).get(f"supervisions/{sheet.code}/supervision")
    assert "内容已按规定删除" in page.text
