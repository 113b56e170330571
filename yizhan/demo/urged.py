"""What the clock has done by now about orders that nobody looked after: 提醒, 催办, 督办单."""

from datetime import datetime, time, timedelta

from django.db.models import F

from yizhan.base import jobs
from yizhan.base.models import Notice
from yizhan.clocks.calendar import BEIJING, is_workday
from yizhan.ladder.jobs import climb_at
from yizhan.regions.district import profile

ONE_DAY = timedelta(days=1)


def climb(at: datetime) -> None:
    """As the worker would have, when an office was open last; its messages count as delivered."""
    newest = Notice.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    with jobs.held():
        climb_at(last_open(at))
    Notice.objects.filter(pk__gt=newest).update(sent_at=F("at"))


def last_open(at: datetime) -> datetime:
    """This moment while the office is open, else the last one at which it was."""
    local = at.astimezone(BEIJING)
    closes = max(time.fromisoformat(end) for _, end in profile().office_hours)
    opens = min(time.fromisoformat(begin) for begin, _ in profile().office_hours)
    day = local.date() if local.time() >= opens else local.date() - ONE_DAY
    while not is_workday(day):
        day -= ONE_DAY
    return min(local, datetime.combine(day, closes, BEIJING))
