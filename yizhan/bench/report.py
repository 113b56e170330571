"""The table of a run, as Markdown."""

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass

from yizhan.bench.alike import ORDERS as ALIKE
from yizhan.bench.alike import Waited
from yizhan.bench.measure import Measured, Stage
from yizhan.bench.plans import HEAD as PLANNED
from yizhan.bench.plans import Timed
from yizhan.bench.yardstick import Raw

HEAD = (
    "act",
    "CPU ms",
    "application",
    "PostgreSQL",
    "× TPC-B",
    "target",
    "SQL",
    "target",
    "savepoints",
    "worker ms",
    "requests/s",
    "p50 ms",
    "p95 ms",
    "bytes",
)
ALIKE_HEAD = ("orders", "searched", "first ms", "p50 ms", "p95 ms")
RAW_HEAD = ("TPC-B like, pgbench", "clients", "transactions/s", "latency ms", "CPU ms")


@dataclass(frozen=True, slots=True)
class Machine:
    """Where and when a run took place, and what else the machine did."""

    day: str
    postgresql: str
    loads: tuple[float, float]

    def __str__(self) -> str:
        return (
            f"{self.day}, {os.cpu_count()} cores, load {self.loads[0]:.1f} before and "
            f"{self.loads[1]:.1f} after, Python {platform.python_version()}, "
            f"PostgreSQL {self.postgresql}, fsync on, 2 web processes, 1 worker, 2 clients."
        )


def text(
    machine: Machine,
    raw: Sequence[tuple[str, Raw]],
    stages: Sequence[Stage],
    planned: Sequence[Timed] = (),
) -> str:
    """The whole report. Ratios are to the yardstick's cheaper run, the one less disturbed."""
    base = min(one.cpu for _, one in raw)
    parts = [str(machine), _table(RAW_HEAD, [_raw_row(when, one) for when, one in raw])]
    for stage in stages:
        rows = [row(measured, base) for measured in stage.measured]
        parts += [
            f"{stage.orders:,} orders, {stage.open:,} of them on the board",
            _table(HEAD, rows),
        ]
    if planned:
        parts.append(_table(PLANNED, [one.row(base) for one in planned]))
    return "\n\n".join(parts) + "\n"


def suggestions(waited: Sequence[Waited]) -> str:
    """What others have brought already, told while one types."""
    told = [
        (one.where, f"{one.searched:,}", f"{one.first:.0f}", f"{one.p50:.1f}", f"{one.p95:.1f}")
        for one in waited
    ]
    return f"\n{ALIKE:,} stored orders, suggestions while typing\n\n{_table(ALIKE_HEAD, told)}\n"


def row(one: Measured, base: float) -> tuple[str, ...]:
    """One act; `base` are the CPU ms of one transaction of the yardstick."""
    cpu = one.spent.application + one.spent.database
    most_cpu, most_sql = one.act.most or ("", "")
    return (
        one.act.name,
        f"{cpu:.1f}",
        f"{one.spent.application:.1f}",
        f"{one.spent.database:.1f}",
        f"{cpu / base:.0f}" if base else "",
        f"{most_cpu}",
        f"{one.statements}",
        f"{most_sql}",
        f"{one.savepoints}",
        f"{one.spent.worker:.1f}",
        f"{one.rate:.0f}",
        f"{one.p50:.0f}",
        f"{one.p95:.0f}",
        f"{one.size:,}",
    )


def _raw_row(when: str, one: Raw) -> tuple[str, ...]:
    return when, f"{one.clients}", f"{one.rate:.0f}", f"{one.latency:.2f}", f"{one.cpu:.2f}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ("---", *("---:" for _ in head[1:])), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
