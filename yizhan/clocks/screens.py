"""A clock as one line that people read: what was promised, how it stands, why it waits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from yizhan.clocks.calendar import promise_text
from yizhan.clocks.models import Clock, Reason
from yizhan.clocks.rules import Light, in_words, read
from yizhan.regions.district import profile

TAGS = {
    Light.GREEN: ("时间充裕", "plain"),
    Light.AMBER: ("快到时限", "gold"),
    Light.RED: ("已超时", "red"),
    Light.PAUSED: ("暂停计时", "orange"),
    Light.MET: ("按时", "teal"),
    Light.LATE: ("迟了", "red"),
    Light.STOPPED: ("不再计时", "plain"),
}
PROVISIONAL = "明年的放假安排公布后，这个时间只会提前，不会推后"


@dataclass(frozen=True, slots=True)
class Line:
    """One clock for a page. `share` is a whole per cent, at most 100, for a bar."""

    label: str
    promise: str
    tag: str
    tone: str
    left: str
    share: int
    notes: tuple[str, ...]


def lines(clocks: Iterable[Clock], at: datetime) -> list[Line]:
    """These clocks as lines, in the order given."""
    return [_line(clock, at) for clock in clocks]


def _line(clock: Clock, at: datetime) -> Line:
    hours = profile().office_hours
    shown = read(clock, at, hours)
    tag, tone = TAGS[shown.light]
    left = ""
    if clock.is_running:
        over = shown.light == Light.RED
        left = f"{'已超' if over else '还有'} {in_words(shown.left, hours)}工作时间"
    return Line(
        label=clock.rule.label,
        promise=promise_text(clock.due_at, at),
        tag=tag,
        tone=tone,
        left=left,
        share=min(round(shown.share * 100), 100),
        notes=(*notes(clock), *_asked(clock)),
    )


def _asked(clock: Clock) -> tuple[str, ...]:
    """More time that waits for a decision; only for those who work on it."""
    waits = clock.asked_days and clock.is_running
    return (f"申请延期 {clock.asked_days} 个工作日，等批",) if waits else ()


def notes(clock: Clock) -> tuple[str, ...]:
    """What explains the promised date: the allowance, an extension, pauses, the calendar."""
    said = [f"按 {clock.allowance.words}计"]
    if clock.extra_days:
        said.append(f"已延期 {clock.extra_days} 个工作日")
    if clock.paused:
        said.append(f"停过 {in_words(clock.paused, profile().office_hours)}，已顺延")
    if clock.paused_for:
        said.append(Reason(clock.paused_for).label)
    if clock.is_provisional and clock.is_running:
        said.append(PROVISIONAL)
    return tuple(said)
