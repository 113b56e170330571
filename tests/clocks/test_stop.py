"""Nothing is to be done any more."""

from tests.clocks.slow import moment
from yizhan.clocks import operations
from yizhan.clocks.models import Clock, Reason

NOON = moment("2026-11-23 11:00")


def stopped():
    return dict(Clock.objects.values_list("kind", "stopped_at"))


def test_all_that_run(subject, started):
    started(sign=(240, "minutes"), arrange=(1, "days"), resolve=(5, "days"))
    operations.meet(subject=subject, kinds=("sign",), at=NOON)
    operations.pause(subject=subject, kinds=("resolve",), reason=Reason.PENDING, at=NOON)

    assert operations.stop(subject=subject, at=moment("2026-11-24 11:00")) == 2

    later = moment("2026-11-24 11:00")
    assert stopped() == {"sign": None, "arrange": later, "resolve": later}
    assert not Clock.objects.running().exists()


def test_some(subject, started):
    started(arrange=(1, "days"), resolve=(5, "days"))

    assert operations.stop(subject=subject, kinds=("arrange",), at=NOON) == 1
    assert stopped() == {"arrange": NOON, "resolve": None}
