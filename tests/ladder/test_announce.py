"""One message to a person, of the highest rung, with how many orders; by day, and only news."""

from tests.ladder.conftest import run
from tests.orders import stories
from tests.orders.clockwork import MONDAY, clocks, moment
from tests.orders.traces import heard, refused
from yizhan.base.actor import CLOCK
from yizhan.base.models import Notice
from yizhan.ladder import operations
from yizhan.ladder.models import Rung
from yizhan.orders import operations as orders

DUE = moment("2026-11-30 18:00")


def test_summed_up(world):
    for story in (stories.accepted, stories.accepted, stories.received):
        story(world, MONDAY)

    told = run(moment("2026-12-04 09:00"))

    assert sorted(told) == sorted(
        [
            ("ladder_urged", world.chen.pk),
            ("ladder_urged", world.liu.pk),
            ("ladder_urged", world.sun.pk),
            ("ladder_urged", world.ma.pk),
            ("ladder_decided", world.zhou.pk),
        ]
    )
    notice = Notice.objects.get(kind="ladder_decided")
    assert "3 张单子" in notice.text
    assert notice.link == "/ladder/desk"
    assert not Rung.objects.filter(told_at=None).exists()


def test_what_is_no_news_any_more_is_told_to_nobody(world):
    order = stories.accepted(world, MONDAY)
    clock = clocks(order)["resolve"]
    operations.remind(clock=clock, by=CLOCK, at=DUE)
    orders.finish(order=order, result="好了", by=world.by.chen, at=DUE)

    with heard() as told:
        assert operations.announce(by=CLOCK, at=DUE) == 0
    assert told == []
    assert not Rung.objects.filter(told_at=None).exists()


def test_not_at_night_and_not_by_people(world):
    with refused("quiet", "晚上和休息日不打扰"):
        operations.announce(by=CLOCK, at=moment("2026-11-30 20:00"))
    with refused("not_your_post", "提醒由系统来发"):
        operations.announce(by=world.by.zhou, at=DUE)
