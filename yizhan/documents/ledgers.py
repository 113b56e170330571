"""The ledgers that can be taken out through a district's own templates, told by their domains.

A domain registers a `Ledger` in its `ledger.py`; this package knows columns, not what they mean.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from yizhan.base.actor import Actor

Kind = Literal["text", "number", "day", "moment"]
Value = str | int | date | datetime | None
Line = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Column:
    """One column that a ledger can fill. `also` are other headings that mean the same."""

    code: str
    name: str
    kind: Kind
    sample: Value
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Taking:
    """What somebody takes out: narrowed by words of an address, between two days, both included.

    `with_words`: with what people wrote instead of a short summary, for which `reason` says why.
    """

    filters: Mapping[str, str] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    with_words: bool = False
    reason: str = ""

    @property
    def period(self) -> str:
        """The days in words; empty without any."""
        days = [
            f"{day.year}年{day.month}月{day.day}日" if day else ""
            for day in (self.since, self.until)
        ]
        if all(days):
            return f"{days[0]}至{days[1]}"
        return f"{days[0]}起" if days[0] else f"截至{days[1]}" if days[1] else ""


Rows = Callable[[Actor, Taking, datetime], Iterator[Line]]


@dataclass(frozen=True, slots=True)
class Ledger:
    """One ledger: what it is called, its columns, and how its rows are read.

    `rows` and `count` give what this actor may see, in the order of the paper. `taken` writes down
    that it was taken out and returns the mark that stands on it. `filters` are the words of an
    address it understands, `told` says them in Chinese; `module` is what can be off; `words` names
    what a reason is asked for.
    """

    code: str
    name: str
    columns: tuple[Column, ...]
    rows: Rows
    count: Callable[[Actor, Taking, datetime], int]
    taken: Callable[[Actor, Taking, datetime], str]
    may: Callable[[Actor], bool]
    filters: tuple[str, ...] = ()
    told: Callable[[Taking], list[str]] = lambda _: []
    module: str = ""
    words: str = ""

    def samples(self) -> Iterator[Line]:
        """One invented row, for whoever keeps templates and reads no rows."""
        yield {column.code: column.sample for column in self.columns}


LEDGERS: dict[str, Ledger] = {}


def register(*ledgers: Ledger) -> None:
    """Make ledgers known. Raises ValueError when one is there already."""
    for ledger in ledgers:
        if ledger.code in LEDGERS:
            raise ValueError(f"ledger {ledger.code!r} is registered twice")
        LEDGERS[ledger.code] = ledger
