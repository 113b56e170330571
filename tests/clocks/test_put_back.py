"""An act is undone: what it met or stopped runs on."""

from tests.clocks.slow import moment
from yizhan.clocks import operations
from yizhan.clocks.models import Clock

TEN, NOON = moment("2026-11-23 10:00"), moment("2026-11-23 11:00")


def test_only_what_that_act_ended(subject, started):
    started(sign=(240, "minutes"), arrange=(1, "days"), resolve=(5, "days"))
    before = {clock.kind: clock.due_at for clock in Clock.objects.all()}
    operations.meet(subject=subject, kinds=("sign",), at=TEN)
    operations.meet(subject=subject, kinds=("arrange",), at=NOON)
    operations.stop(subject=subject, at=NOON)

    assert operations.put_back(subject=subject, at=NOON) == 2

    ended = {one.kind: (one.met_at, one.stopped_at) for one in Clock.objects.all()}
    assert ended == {"sign": (TEN, None), "arrange": (None, None), "resolve": (None, None)}
    assert {clock.kind: clock.due_at for clock in Clock.objects.all()} == before
