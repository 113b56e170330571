"""What PostgreSQL alone does on this machine, by its own pgbench: the measure beside ours."""

import re
import subprocess
import time
from dataclasses import dataclass

from yizhan.bench.meter import reaped
from yizhan.config.localdb import LocalServer, programs

DATABASE = "yardstick"
SCALE = 10


@dataclass(frozen=True, slots=True)
class Raw:
    """One run of the TPC-B like transaction: transactions a second, ms, CPU ms of PostgreSQL."""

    clients: int
    rate: float
    latency: float
    cpu: float


def prepare(server: LocalServer) -> None:
    """The tables of pgbench, in a database of their own."""
    server.ensure_database(DATABASE)
    _pgbench(server, "--initialize", "--quiet", f"--scale={SCALE}")


def measure(server: LocalServer, postmaster: int, *, clients: int, seconds: int) -> Raw:
    """The standard transaction (three updates, a select, an insert), statements prepared."""
    before = reaped(postmaster)
    said = _pgbench(
        server,
        *(f"--client={clients}", f"--jobs={min(clients, 2)}", f"--time={seconds}"),
        *("--protocol=prepared", "--no-vacuum"),
    )
    time.sleep(0.5)  # until the server has taken leave of the clients, whose time it then knows
    done = _number(r"transactions actually processed: (\d+)", said)
    return Raw(
        clients=clients,
        rate=_number(r"tps = ([\d.]+)", said),
        latency=_number(r"latency average = ([\d.]+)", said),
        cpu=(reaped(postmaster) - before) / max(done, 1) * 1e3,
    )


def _pgbench(server: LocalServer, *options: str) -> str:
    command = [str(programs() / "bin" / "pgbench"), *options, server.url(DATABASE)]
    answer = subprocess.run(command, check=False, capture_output=True, text=True)
    if answer.returncode:
        raise SystemExit(f"pgbench: {answer.stderr.strip()[-300:]}")
    return answer.stdout


def _number(pattern: str, text: str) -> float:
    found = re.search(pattern, text)
    return float(found.group(1)) if found else 0.0
