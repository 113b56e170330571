"""`python -m yizhan.bench`: what each act costs on this machine. `docs/performance.md` reads it."""

import argparse
import os
import sys
from pathlib import Path

from yizhan.bench import yardstick
from yizhan.bench.site import Site, served, site
from yizhan.config.launch import stoppable

SHORT, LONG = [1_000], [1_000, 10_000, 100_000, 1_000_000]
SECONDS = 5
CLOCKS = 20_000


def main(arguments: list[str] | None = None) -> None:
    """Measure, print the table, and write it to the file asked for."""
    wanted = _parser().parse_args(arguments)
    sizes = wanted.orders or (LONG if wanted.long else SHORT)
    with stoppable(), site() as here:
        report = _measured(here, sorted(sizes), wanted.times, wanted.statements)
        sys.stdout.write(report)
        if wanted.out:
            wanted.out.write_text(report, "utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m yizhan.bench", description=__doc__)
    parser.add_argument(
        "--long", action="store_true", help="1,000 orders to 1,000,000 in four stages"
    )
    parser.add_argument("--orders", type=int, nargs="+", help="other numbers of orders")
    parser.add_argument("--times", type=int, default=150, help="how often each act is done")
    parser.add_argument("--out", type=Path, help="write the table to this file too")
    parser.add_argument("--statements", action="store_true", help="show the SQL of every act")
    return parser


def _measured(here: Site, sizes: list[int], times: int, with_sql: bool) -> str:
    from django.utils.timezone import localdate, now

    from yizhan.bench import alike, plans, report, working
    from yizhan.bench.cast import hire
    from yizhan.bench.measure import stage

    before = os.getloadavg()[0]
    yardstick.prepare(here.server)
    raw = [("before", _raw(here))]
    lanes = hire(now())
    stages = []
    with served() as platform:
        for size in sizes:
            _say(f"{size:,} orders ...")
            stages.append(stage(here, platform, lanes, size, times))
        _say("suggestions ...")
        waited = alike.measured(here, lanes, now())
    _say("a whole queue ...")
    planned = plans.measured(lanes)
    raw.append(("after", _raw(here)))
    for name, sent in stages[-1].sent.items() if with_sql else ():
        _say("\n    ".join([f"{name}: {len(sent)}", *sent]))
    machine = report.Machine(
        day=localdate(now()).isoformat(),
        postgresql=here.version,
        loads=(before, os.getloadavg()[0]),
    )
    arithmetic = working.table(working.speeds(CLOCKS))
    told = report.suggestions(waited)
    return f"{report.text(machine, raw, stages, planned)}{told}\n{arithmetic}"


def _raw(here: Site) -> yardstick.Raw:
    return yardstick.measure(here.server, here.postmaster, clients=2, seconds=SECONDS)


def _say(words: str) -> None:
    sys.stderr.write(f"{words}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    main()
