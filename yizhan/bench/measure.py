"""One measurement: rows, statements, then every act over HTTP."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

import psycopg
from django.utils.timezone import now

from yizhan.bench.acts import ACTS, Act, Case, cases, known
from yizhan.bench.cast import Lane
from yizhan.bench.drive import Answer, Visitors
from yizhan.bench.meter import Meter, Spent, between
from yizhan.bench.rows import fill
from yizhan.bench.site import Served, Site
from yizhan.bench.statements import Unexpected, counted, of_every_act
from yizhan.orders.models import Order

WARM_UP = 4
PATIENCE = 30


@dataclass(frozen=True, slots=True)
class Measured:
    """One act: how many, how fast, at what cost."""

    act: Act
    times: int
    rate: float
    p50: float
    p95: float
    spent: Spent
    statements: int
    savepoints: int
    size: int


@dataclass(frozen=True, slots=True)
class Stage:
    """Every act, with so many orders in the database."""

    orders: int
    open: int
    measured: list[Measured]
    sent: dict[str, list[str]]


def stage(site: Site, served: Served, lanes: Sequence[Lane], orders: int, times: int) -> Stage:
    """Fill up to so many orders and measure every act so many times."""
    fill(lanes, orders, now())
    with psycopg.connect(site.url, autocommit=True) as server:
        server.execute("VACUUM ANALYZE")
        server.execute("CHECKPOINT")
    there, still_open = Order.objects.count(), Order.objects.on_board().count()
    walks = cases(lanes, WARM_UP + times)
    sent = of_every_act(cases(lanes, len(lanes) + 1)[:: len(lanes)])
    visitors = Visitors(served.port, clients=2)
    meter = Meter(site.url, served.web, served.worker)
    try:
        for act in ACTS:
            _answers(act, visitors, walks[:WARM_UP])
        _settle(meter)
        rows = [_measure(act, visitors, meter, walks[WARM_UP:], sent[act.name]) for act in ACTS]
    finally:
        meter.close()
    return Stage(there, still_open, rows, sent)


def _answers(act: Act, visitors: Visitors, walks: Sequence[Case]) -> tuple[list[Answer], float]:
    """Do the act on each order. Raises `Unexpected` when one is answered otherwise."""
    answers, wall = visitors.send([act.call(case) for case in walks])
    for answer in answers:
        if answer.status != act.expect:
            raise Unexpected(f"{act.name}: {answer.status} {answer.text[:600]}")
    if act.name == "place":
        for case, answer in zip(walks, answers, strict=True):
            known(case, answer.location)
    return answers, wall


def _measure(
    act: Act, visitors: Visitors, meter: Meter, walks: Sequence[Case], sent: Sequence[str]
) -> Measured:
    before = meter.read()
    answers, wall = _answers(act, visitors, walks)
    served = between(before, meter.read(), len(walks))
    _settle(meter)
    worker = between(before, meter.read(), len(walks)).worker
    waits = sorted(answer.seconds * 1e3 for answer in answers)
    statements, savepoints = counted(sent)
    return Measured(
        act=act,
        times=len(walks),
        rate=len(walks) / wall,
        p50=waits[len(waits) // 2],
        p95=waits[int(len(waits) * 0.95)],
        spent=Spent(served.application, served.database, worker),
        statements=statements,
        savepoints=savepoints,
        size=sum(answer.size for answer in answers) // len(answers),
    )


def _settle(meter: Meter) -> None:
    """Wait until the worker has done what was queued, so that the next act stands alone."""
    end = time.monotonic() + PATIENCE
    while meter.jobs_left() and time.monotonic() < end:
        time.sleep(0.1)
    time.sleep(0.3)
