"""How long data are kept: the periods as data, and who ends what when a period is over.

A period is a row of `reference/periods.toml`, lengthened or shortened by the district's pack within
the row's own bounds. What ends is registered by the domain that keeps it, as an `Ending`.
"""

import tomllib
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from django.core.exceptions import ImproperlyConfigured

from yizhan.base.actor import Actor
from yizhan.clocks.calendar import BEIJING
from yizhan.regions.district import pack

FILE = Path(__file__).with_name("reference") / "periods.toml"
OWN = "retention.toml"
DONE = {
    "pseudonymise": "隐去，看不出是谁",
    "delete": "删除",
    "hide": "不能再看",
    "keep": "留存，系统不自动删除",
}
YEAR = 12


@dataclass(frozen=True, slots=True)
class Period:
    """How long one kind of data is kept, counted from `after` in months or in days.

    Both lengths are 0 where no end is set. `by` names the job or the rule that ends it where that
    is not the nightly ending. A period with bounds may be changed by a district between them.
    """

    code: str
    name: str
    what: str
    basis: str
    after: str
    does: Literal["pseudonymise", "delete", "hide", "keep"]
    months: int = 0
    days: int = 0
    at_least: int = 0
    at_most: int = 0
    by: str = ""

    @property
    def length(self) -> str:
        """The length in words: 「办结后 7 天」, 「发生后至少 3 年」."""
        if not (self.months or self.days):
            return "不设期限"
        least = "至少 " if self.does == "keep" else " "
        return f"{self.after}后{least}{_words(self.months, self.days)}"

    @property
    def done(self) -> str:
        """What happens then, in words."""
        return DONE[self.does]

    @property
    def ends_at_night(self) -> bool:
        """Whether the nightly job ends it through a registered ending."""
        return self.does in ("pseudonymise", "delete") and not self.by

    def cutoff(self, at: datetime) -> datetime:
        """Whatever happened at or before this moment is over at `at`; months are of the calendar.

        A month too short for the day gives its last day: nothing ends early.
        """
        if self.days:
            return at - timedelta(days=self.days)
        local = at.astimezone(BEIJING)
        year, month = divmod(local.year * YEAR + local.month - 1 - self.months, YEAR)
        day = min(local.day, monthrange(year, month + 1)[1])
        return local.replace(year=year, month=month + 1, day=day)

    def of_length(self, length: int) -> "Period":
        """The same with another length, in its own unit."""
        return replace(self, months=length) if self.months else replace(self, days=length)


def _words(months: int, days: int) -> str:
    if days:
        return f"{days} 天"
    return f"{months} 个月" if months % YEAR else f"{months // YEAR} 年"


def periods() -> dict[str, Period]:
    """Every period as this district keeps it. Raises ImproperlyConfigured for a wrong pack."""
    return _read(pack() / OWN)


@lru_cache(maxsize=4)
def _read(own: Path) -> dict[str, Period]:
    rows = tomllib.loads(FILE.read_text("utf-8"))["period"]
    found = {row["code"]: Period(**row) for row in rows}
    for code, length in _lengths(own).items():
        found[code] = _changed(found, code, length)
    return found


def _lengths(own: Path) -> dict[str, Any]:
    """What the pack changes; a pack without the file changes nothing."""
    if not own.exists():
        return {}
    try:
        lengths: dict[str, Any] = tomllib.loads(own.read_text("utf-8"))["lengths"]
    except (tomllib.TOMLDecodeError, KeyError):
        raise ImproperlyConfigured(f"数据包的 {OWN} 写得不对，要有 [lengths] 一节") from None
    return lengths


def _changed(found: dict[str, Period], code: str, length: Any) -> Period:
    period = found.get(code)
    if period is None:
        raise ImproperlyConfigured(f"数据包的 {OWN} 里有不认识的期限 {code}")
    if not period.at_most:
        raise ImproperlyConfigured(f"数据包的 {OWN} 不能改「{period.name}」（{code}）的期限")
    if type(length) is not int or not period.at_least <= length <= period.at_most:
        unit = "天" if period.days else "个月"
        raise ImproperlyConfigured(
            f"数据包的 {OWN} 把「{period.name}」（{code}）定为 {length}，"
            f"只能在 {period.at_least} 到 {period.at_most} {unit}之间"
        )
    return period.of_length(length)


@dataclass(frozen=True, slots=True)
class Ending:
    """How the data of one period end. `due` gives at most `limit` ids of what was over at the
    cutoff and has not ended; `end` ends one of them in the caller's transaction.
    """

    code: str
    due: Callable[[datetime, int], list[int]]
    end: Callable[[int, Actor, datetime], object]


ENDINGS: dict[str, Ending] = {}


def register(*endings: Ending) -> None:
    """Make endings known. Raises ValueError for one without a period, or registered twice."""
    known = periods()
    for ending in endings:
        if ending.code in ENDINGS or not (
            ending.code in known and known[ending.code].ends_at_night
        ):
            raise ValueError(f"ending {ending.code!r} has no period of its own")
        ENDINGS[ending.code] = ending
