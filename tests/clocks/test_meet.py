"""What a clock promises is done."""

from tests.clocks.conftest import MONDAY
from tests.clocks.slow import moment
from yizhan.clocks import operations, rules
from yizhan.clocks.models import Clock

NOON = moment("2026-11-23 11:00")


def met():
    return dict(Clock.objects.values_list("kind", "met_at"))


def test_several_in_one_statement(subject, started, django_assert_num_queries):
    started(sign=(240, "minutes"), arrange=(1, "days"), resolve=(5, "days"))

    with django_assert_num_queries(1):
        assert operations.meet(subject=subject, kinds=("sign", "arrange"), at=NOON) == 2
    assert met() == {"sign": NOON, "arrange": NOON, "resolve": None}


def test_the_first_time_counts(subject, started):
    started(sign=(240, "minutes"))
    operations.meet(subject=subject, kinds=("sign",), at=NOON)

    assert operations.meet(subject=subject, kinds=("sign",), at=moment("2026-11-24 11:00")) == 0
    assert met() == {"sign": NOON}


def test_late_is_seen_on_the_row(subject, started):
    started(sign=(60, "minutes"))
    operations.meet(subject=subject, kinds=("sign",), at=NOON)

    assert rules.light(Clock.objects.get(), NOON) == rules.Light.LATE


def test_of_no_other_subject(world, subject, started):
    started(sign=(60, "minutes"))

    other = world.regions["610302002008"]
    assert operations.meet(subject=other, kinds=("sign",), at=MONDAY) == 0
    assert met() == {"sign": None}
