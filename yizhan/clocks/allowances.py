"""How much working time a clock of some kind is given, by level: data with the district's own.

Kinds are registered by the domain that starts such clocks, as rows of a TOML file. This package
brings those of orders. A district's pack changes lengths, never kinds.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from yizhan.regions.district import pack

SHIPPED = Path(__file__).with_name("reference") / "allowances.toml"
OWN = "clocks.toml"
NORMAL = "normal"
LEVELS = (NORMAL, "urgent", "complex")
LENGTH = re.compile(r"([1-9]\d{0,3})([mhd])")
MINUTES, DAYS = "minutes", "days"
HOUR = 60


@dataclass(frozen=True, slots=True)
class Allowance:
    """Working time: so many minutes of open office, or so many working days."""

    amount: int
    unit: str

    @property
    def words(self) -> str:
        """How people say it: 「4 个工作小时」, 「5 个工作日」."""
        if self.unit == DAYS:
            return f"{self.amount} 个工作日"
        hours, minutes = divmod(self.amount, HOUR)
        return f"{self.amount} 分钟（工作时间）" if minutes else f"{hours} 个工作小时"

    @property
    def size(self) -> int:
        """Minutes, for comparing; a day is longer than any number of minutes within one."""
        return self.amount * 24 * HOUR if self.unit == DAYS else self.amount


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of clock: its name for staff, what it promises, and its length for each level."""

    code: str
    label: str
    says: str
    lengths: Mapping[str, Allowance]
    hard: Allowance | None = None


KINDS: dict[str, Kind] = {}


def register(path: Path) -> None:
    """Make the kinds of a TOML file known. Each domain calls this once, when it is ready."""
    for code, row in tomllib.loads(path.read_text("utf-8")).items():
        if code in KINDS:
            raise ImproperlyConfigured(f"clock kind {code!r} is registered twice")
        lengths = {level: length(row[level]) for level in LEVELS}
        hard = length(row["hard"]) if "hard" in row else None
        KINDS[code] = Kind(code, row["label"], row["says"], lengths, hard)
    _own.cache_clear()


def length(text: Any) -> Allowance:
    """ "30m", "4h" or "5d" as an allowance. Raises `ImproperlyConfigured` for anything else."""
    found = LENGTH.fullmatch(str(text))
    if found is None:
        raise ImproperlyConfigured(f"时限「{text}」写得不对，要写成 30m、4h 或 5d")
    amount = int(found[1])
    if found[2] == "d":
        return Allowance(amount, DAYS)
    return Allowance(amount * HOUR if found[2] == "h" else amount, MINUTES)


def allowance(
    kind: str, level: str = NORMAL, *, about: Sequence[str] = (), usual: Allowance | None = None
) -> Allowance:
    """The working time of a kind and level.

    `about` are the category's code and those above it, `usual` is what the category itself gives
    for level normal. The pack's line for a category wins, then its line for the kind.
    """
    own = _own(pack() / OWN)
    for code in about:
        if (set_ := own.categories.get(code, {}).get(kind, {}).get(level)) is not None:
            return set_
    there = own.kinds[kind]
    normal = usual or there[NORMAL]
    if level == NORMAL:
        return normal
    pick = min if level == "urgent" else max
    return pick(normal, there[level], key=lambda one: one.size)


@dataclass(frozen=True, slots=True)
class Own:
    """The lengths of every kind in this district, and those of single categories."""

    kinds: Mapping[str, Mapping[str, Allowance]]
    categories: Mapping[str, Mapping[str, Mapping[str, Allowance]]]


def by_category() -> bool:
    """Whether this district has lengths of its own for single categories."""
    return bool(_own(pack() / OWN).categories)


def check() -> None:
    """Read the district's pack. Raises `ImproperlyConfigured` when its lengths are wrong."""
    _own(pack() / OWN)


@lru_cache(maxsize=4)
def _own(path: Path) -> Own:
    try:
        rows = tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
    except tomllib.TOMLDecodeError as wrong:
        raise ImproperlyConfigured(f"数据包的 {OWN} 写得不对：{wrong}") from None
    if unknown := set(rows) - {"kind", "category"}:
        raise ImproperlyConfigured(f"数据包的 {OWN} 里有不认识的 {'、'.join(sorted(unknown))}")
    changed = _lengths(rows.get("kind", {}))
    kinds = {code: {**kind.lengths, **changed.get(code, {})} for code, kind in KINDS.items()}
    for code, lengths in kinds.items():
        sizes = [lengths[level].size for level in ("urgent", "normal", "complex")]
        if sizes != sorted(sizes):
            raise ImproperlyConfigured(
                f"数据包的 {OWN} 里「{KINDS[code].label}」的时限不对：急的不能比一般的长，"
                "疑难的不能比一般的短"
            )
    categories = {code: _lengths(row) for code, row in rows.get("category", {}).items()}
    return Own(kinds, categories)


def _lengths(rows: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Allowance]]:
    for kind, row in rows.items():
        if kind not in KINDS:
            raise ImproperlyConfigured(f"数据包的 {OWN} 里有不认识的时限 {kind}")
        if unknown := set(row) - set(LEVELS):
            wrong = "、".join(sorted(unknown))
            raise ImproperlyConfigured(
                f"数据包的 {OWN} 里「{KINDS[kind].label}」有不认识的级别 {wrong}"
            )
    return {
        kind: {level: length(text) for level, text in row.items()} for kind, row in rows.items()
    }
