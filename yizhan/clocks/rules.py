"""The arithmetic of a clock: when it is due, how much of it is used, and what may be changed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from yizhan.base.actor import Actor
from yizhan.base.verdict import YES, Verdict, no
from yizhan.clocks.allowances import DAYS, HOUR, Allowance
from yizhan.clocks.calendar import (
    BEIJING,
    OfficeHours,
    add_time,
    add_working,
    is_provisional,
    known_until,
    office,
    working_time,
)
from yizhan.clocks.models import Clock, Extension

AMBER = 0.6
MOST_DAYS = 5
MINUTE = timedelta(minutes=1)


class Light(StrEnum):
    """How a clock stands, in one word; never shown by colour alone."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    PAUSED = "paused"
    MET = "met"
    LATE = "late"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a clock shows at one moment.

    `share` is the part of the working time that is used, above 1 when it is over; `left` the
    working time until the due, negative after it.
    """

    light: Light
    share: float
    left: timedelta


def due(
    start: datetime, allowance: Allowance, hours: OfficeHours, *, more: timedelta = timedelta(0)
) -> datetime:
    """When an allowance ends that begins now, with `more` working time after it."""
    if allowance.unit == DAYS:
        end = add_working(start, days=allowance.amount, office_hours=hours)
    else:
        end = add_time(start, allowance.amount * MINUTE, hours)
    return add_time(end, more, hours) if more else end


def moment_of(clock: Clock, share: float, hours: OfficeHours) -> datetime:
    """When this share of the promised working time is used, if nothing pauses the clock again."""
    total = total_time(clock, hours)
    return add_time(clock.started_at, share * total + clock.paused, hours)


def total_time(clock: Clock, hours: OfficeHours) -> timedelta:
    """The working time between start and due, without pauses."""
    return working_time(clock.started_at, clock.due_at, hours) - clock.paused


def used_time(clock: Clock, at: datetime, hours: OfficeHours) -> timedelta:
    """The working time that has gone by at a moment, without pauses; it stands once it ended."""
    ends = [one for one in (clock.met_at, clock.stopped_at, clock.paused_at) if one]
    return working_time(clock.started_at, min([at, *ends]), hours) - clock.paused


def read(clock: Clock, at: datetime, hours: OfficeHours) -> Reading:
    """What the clock shows at a moment."""
    total, used = total_time(clock, hours), used_time(clock, at, hours)
    return Reading(light(clock, at), used / total if total else 1.0, total - used)


def light(clock: Clock, at: datetime) -> Light:
    """How the clock stands, from its columns alone: cheap enough for a list."""
    if clock.met_at is not None:
        return Light.LATE if clock.met_at > clock.due_at else Light.MET
    if clock.stopped_at is not None:
        return Light.STOPPED
    until = min(at, clock.paused_at) if clock.paused_at else at
    if until >= clock.due_at:
        return Light.RED
    if clock.paused_at is not None:
        return Light.PAUSED
    return Light.AMBER if until >= clock.amber_at else Light.GREEN


def in_words(left: timedelta, hours: OfficeHours) -> str:
    """Working time as people say it: 「2 天 3 小时」, 「40 分钟」; days are office days."""
    days, rest = divmod(abs(left), office(hours).day)
    minutes = int(rest / MINUTE)
    told = [
        f"{amount} {unit}"
        for amount, unit in ((days, "天"), (minutes // HOUR, "小时"), (minutes % HOUR, "分钟"))
        if amount
    ]
    return " ".join(told[:2]) or "不到 1 分钟"


def set_due(clock: Clock, due_at: datetime, hours: OfficeHours) -> None:
    """Give the clock this due, with the amber moment and the note on the calendar that follow."""
    clock.due_at = due_at
    clock.known_until = known_until()
    clock.is_provisional = is_provisional(due_at.astimezone(BEIJING).date())
    clock.amber_at = min(moment_of(clock, AMBER, hours), due_at)


def wind(clock: Clock, hard: Allowance | None, hours: OfficeHours) -> None:
    """Reckon what a clock promises that begins now, and the limit behind it."""
    set_due(clock, due(clock.started_at, clock.allowance, hours), hours)
    clock.hard_at = due(clock.started_at, hard, hours) if hard else None


def go_on(clock: Clock, at: datetime, hours: OfficeHours) -> timedelta:
    """A paused clock goes on: the working time of the pause comes after the due. Returns it.

    A pause that began when the due had passed moves nothing: that promise was broken before.
    """
    since, added = clock.paused_at or at, timedelta(0)
    if since < clock.due_at:
        added = max(working_time(since, at, hours), added)
    clock.paused_at, clock.paused_for = None, ""
    if added:
        clock.paused += added
        set_due(clock, add_time(clock.due_at, added, hours), hours)
        clock.hard_at = add_time(clock.hard_at, added, hours) if clock.hard_at else None
    return added


def lengthen(clock: Clock, days: int, hours: OfficeHours) -> None:
    """So many office days come after the due; it keeps its time of day."""
    clock.extra_days += days
    set_due(clock, add_time(clock.due_at, days * office(hours).day, hours), hours)


def reckoned(clock: Clock, hours: OfficeHours) -> datetime:
    """The due as the calendar of today gives it: allowance, extension and pauses from the start."""
    more = clock.paused + clock.extra_days * office(hours).day
    return due(clock.started_at, clock.allowance, hours, more=more)


def can_ask_extension(clock: Clock | None, at: datetime, *, days: int = 1) -> Verdict:
    """Whether so much more time may be asked: before the due, at most five days, once."""
    if clock is None or not clock.is_running:
        return no("no_clock", "这件事现在没有在走的时限，不用延期")
    if clock.extra_days or clock.asked_days:
        return no("asked_once", "每张单子只能延期一次，已经申请过了")
    if light(clock, at) == Light.RED:
        return no("too_late", "已经过了答应的时间，不能再延期，请尽快办结并向点单人说明")
    if not 1 <= days <= MOST_DAYS:
        return no("too_long", f"延期最多 {MOST_DAYS} 个工作日")
    return YES


def can_decide_extension(extension: Extension, by: Actor) -> Verdict:
    """Whether this actor may grant or refuse it: a second person, once, while the clock runs."""
    if extension.state != Extension.State.ASKED:
        return no("wrong_state", "这个延期申请已经有人批过了")
    if by.person_id is None or by.person_id == extension.asked_by_id:
        return no("own_request", "自己申请的延期，请别人来批")
    if not extension.clock.is_running:
        return no("no_clock", "单子已经办结或撤回，不用再批延期")
    return YES
