"""CPU time of processes, read from the kernel's own accounting of every thread."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg

PROC = Path("/proc")
TICKS = os.sysconf("SC_CLK_TCK")
PROCESSES = "SELECT pid, application_name, backend_type FROM pg_stat_activity"
Reading = dict[str, dict[int, float]]


@dataclass(frozen=True, slots=True)
class Spent:
    """CPU milliseconds between two readings: web processes, their share of PostgreSQL, worker."""

    application: float
    database: float
    worker: float


def seconds(pid: int) -> float:
    """CPU seconds of all threads of a process; 0 when it has ended."""
    spent = 0
    for task in _read(PROC / str(pid) / "task"):
        try:
            spent += int((task / "schedstat").read_text().split()[0])
        except (FileNotFoundError, ProcessLookupError):
            continue
    return spent / 1e9


def reaped(pid: int) -> float:
    """CPU seconds of the children of a process that have ended."""
    fields = _stat(pid)
    return (int(fields[13]) + int(fields[14])) / TICKS if fields else 0.0


def family(pid: int) -> list[int]:
    """A process and everything below it."""
    children: dict[int, list[int]] = {}
    for folder in _read(PROC):
        if folder.name.isdecimal() and (fields := _stat(int(folder.name))):
            children.setdefault(int(fields[1]), []).append(int(folder.name))
    found = [pid]
    for member in found:
        found += children.get(member, [])
    return found


def _read(folder: Path) -> Iterator[Path]:
    try:
        yield from folder.iterdir()
    except (FileNotFoundError, ProcessLookupError):
        return


def _stat(pid: int) -> list[str]:
    try:
        return (PROC / str(pid) / "stat").read_text().rsplit(")", 1)[1].split()
    except (FileNotFoundError, ProcessLookupError):
        return []


class Meter:
    """Reads what web, worker and their database processes have spent.

    PostgreSQL's own processes (writers, checkpointer, vacuum) count as the web's share.
    """

    def __init__(self, url: str, web: int, worker: int) -> None:
        self.server = psycopg.connect(url, autocommit=True, application_name="bench")
        self.web, self.worker = web, worker

    def read(self) -> Reading:
        """Seconds per process and group, now."""
        groups = {"application": family(self.web), "database": [], "worker": family(self.worker)}
        for pid, name, kind in self.server.execute(PROCESSES):
            if kind != "client backend" or name == "web":
                groups["database"].append(pid)
            elif name == "worker":
                groups["worker"].append(pid)
        return {group: {pid: seconds(pid) for pid in pids} for group, pids in groups.items()}

    def jobs_left(self) -> int:
        """How many jobs wait for the worker or are under way."""
        waiting = "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')"
        (left,) = self.server.execute(waiting).fetchone() or (0,)
        return int(left)

    def close(self) -> None:
        """Leave the server."""
        self.server.close()


def between(before: Reading, after: Reading, times: int) -> Spent:
    """Milliseconds per act between two readings of so many acts."""
    spent = {
        group: sum(now - before[group].get(pid, 0.0) for pid, now in pids.items())
        for group, pids in after.items()
    }
    return Spent(**{group: total / times * 1e3 for group, total in spent.items()})
