"""How much clock arithmetic one core does: promises made, read, and moved by a pause."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from yizhan.clocks import rules
from yizhan.clocks.allowances import DAYS, MINUTES, Allowance
from yizhan.clocks.calendar import BEIJING, OfficeHours
from yizhan.clocks.models import Clock, Reason
from yizhan.regions.district import profile

FIRST = datetime(2024, 1, 2, 9, 7, tzinfo=BEIJING)
APART = timedelta(minutes=97)
LENGTHS = (Allowance(240, MINUTES), Allowance(1, DAYS), Allowance(5, DAYS), Allowance(20, DAYS))
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Speed:
    """One kind of arithmetic: what it is, and how many a second."""

    name: str
    rate: float


def clocks(number: int) -> Iterator[Clock]:
    """Clocks of four lengths, each beginning a little later, over the announced years."""
    for turn in range(number):
        given = LENGTHS[turn % len(LENGTHS)]
        start = FIRST + APART * (turn % 15_000)
        yield Clock(kind="resolve", started_at=start, amount=given.amount, unit=given.unit)


def speeds(number: int) -> list[Speed]:
    """Do each kind of arithmetic so many times. The first reckoning of every year is left out."""
    hours = profile().office_hours
    every = list(clocks(number))
    for clock in every:
        rules.wind(clock, None, hours)
    return [
        _timed("a promise: due and amber", every, lambda one: rules.wind(one, None, hours)),
        _timed("share of the time used", every, lambda one: _read(one, hours)),
        _timed("a pause that is over", every, lambda one: _pause(one, hours)),
        _timed("the light, as in a list", every, lambda one: rules.light(one, one.amber_at)),
    ]


def _timed(name: str, every: list[Clock], work: Callable[[Clock], object]) -> Speed:
    start = time.perf_counter()
    for clock in every:
        work(clock)
    return Speed(name, len(every) / (time.perf_counter() - start))


def _read(clock: Clock, hours: OfficeHours) -> object:
    return rules.read(clock, clock.started_at + 30 * HOUR, hours)


def _pause(clock: Clock, hours: OfficeHours) -> object:
    clock.paused_at, clock.paused_for = clock.started_at + HOUR, Reason.RESIDENT
    return rules.go_on(clock, clock.started_at + 50 * HOUR, hours)


def table(found: list[Speed]) -> str:
    """The figures as Markdown."""
    rows = [f"| {one.name} | {one.rate:,.0f} | {1e6 / one.rate:.1f} |" for one in found]
    return "\n".join(["| clock arithmetic | a second | µs |", "| --- | ---: | ---: |", *rows, ""])
