"""Which rungs there are and when each comes: data, with the district's own moments."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from yizhan.clocks.allowances import DAYS, length
from yizhan.regions.district import pack

SHIPPED = Path(__file__).with_name("reference") / "rungs.toml"
OWN = "ladder.toml"
ACCEPT = "accept"
LATE = ("sign", "arrange", "contact", "resolve")
LAST = ("called_in", "decided")
MOST_DAYS = 30


@dataclass(frozen=True, slots=True)
class Moment:
    """When a rung comes: at a share of the promised time, or so many office days after the due."""

    share: float = 1.0
    days: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """The rungs of both ladders in their order, and the days for answering a 督办单."""

    accept: Mapping[str, Moment]
    late: Mapping[str, Moment]
    answer_days: int

    def of(self, kind: str) -> Mapping[str, Moment]:
        """The rungs of a clock of this kind, lowest first."""
        return self.accept if kind == ACCEPT else self.late if kind in LATE else {}


def plan() -> Plan:
    """The district's plan."""
    return _plan(pack() / OWN)


@lru_cache(maxsize=4)
def _plan(path: Path) -> Plan:
    rows = tomllib.loads(SHIPPED.read_text("utf-8"))
    try:
        own = tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
    except tomllib.TOMLDecodeError as wrong:
        raise ImproperlyConfigured(f"数据包的 {OWN} 写得不对：{wrong}") from None
    for name, values in own.items():
        if unknown := set(values) - set(rows.get(name, {})):
            raise ImproperlyConfigured(
                f"数据包的 {OWN} 里有不认识的 {name}.{'、'.join(sorted(unknown))}"
            )
        rows[name] |= values
    ladders = [
        {code: _moment(one) for code, one in rows[name].items()} for name in (ACCEPT, "late")
    ]
    for ladder in ladders:
        order = [(one.days, one.share) for one in ladder.values()]
        if order != sorted(order):
            raise ImproperlyConfigured(f"数据包的 {OWN} 里，后一步不能早于前一步")
    accept, late = ladders
    return Plan(accept, late, answer_days=_days(f"{rows['answer']['days']}d"))


def _moment(value: Any) -> Moment:
    if isinstance(value, float | int) and 0 < value <= 1:
        return Moment(share=float(value))
    return Moment(days=_days(value))


def _days(value: Any) -> int:
    found = length(value)
    if found.unit != DAYS or found.amount > MOST_DAYS:
        raise ImproperlyConfigured(
            f"数据包的 {OWN} 里「{value}」写得不对，要写成 0.5 或 1d，最多 {MOST_DAYS} 天"
        )
    return found.amount
