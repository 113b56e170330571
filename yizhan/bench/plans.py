"""Whom to ask for a whole queue: the assignment alone, and the preview with its database work."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import TypeVar

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from yizhan.bench.cast import FIRST_PHONE, Hiring, Lane
from yizhan.bench.rows import waiting_for
from yizhan.bench.statements import counted
from yizhan.dispatch import rules
from yizhan.dispatch.models import Plan
from yizhan.dispatch.planning import CANDIDATES
from yizhan.dispatch.solver import Problem, greedy, is_optimal, optimum

ORDERS = PEOPLE = 1_000
QUEUE, MEMBERS = 200, 45
TURNS = 5
FURTHER = 100_000
SPREAD_METRES = 2_400
HEAD = ("a whole queue", "CPU ms", "wall ms", "target ms", "× TPC-B", "SQL", "what came of it")
Given = TypeVar("Given")


@dataclass(frozen=True, slots=True)
class Timed:
    """One line: CPU and wall in ms, the target, statements, and the outcome in words."""

    name: str
    cpu: float
    wall: float
    most: int
    sql: str
    says: str

    def row(self, base: float) -> tuple[str, ...]:
        """The line as a table shows it; `base` are the CPU ms of the yardstick."""
        share = f"{self.cpu / base:.0f}" if base else ""
        times = (f"{self.cpu:.0f}", f"{self.wall:.0f}", f"{self.most:,}")
        return (self.name, *times, share, self.sql, self.says)


def measured(lanes: Sequence[Lane]) -> list[Timed]:
    """The assignment of 1,000 orders to 1,000 people, and the preview for 200."""
    return [*_assignment(), _preview(lanes[0])]


def _timed(act: Callable[[], Given]) -> tuple[Given, float, float]:
    """What an act gives, and its CPU and wall ms: the middle of some turns."""
    spent = []
    for _ in range(TURNS):
        cpu, wall = time.process_time(), time.perf_counter()
        given = act()
        spent.append((time.process_time() - cpu, time.perf_counter() - wall))
    cpu, wall = sorted(spent)[TURNS // 2]
    return given, cpu * 1e3, wall * 1e3


def _assignment() -> list[Timed]:
    problem = problem_of(ORDERS, PEOPLE)
    found, cpu, wall = _timed(lambda: optimum(problem))
    proven, proof, proof_wall = _timed(lambda: is_optimal(problem, found))
    plain, greedy_cpu, greedy_wall = _timed(lambda: greedy(problem))
    name = f"{ORDERS:,} orders, {PEOPLE:,} people, {len(problem.costs):,} arcs"
    served = f"{found.served:,} served, optimum {'proven' if proven else 'NOT PROVEN'}"
    dearer = f"costs {plain.cost / found.cost - 1:+.1%}, {plain.served:,} served"
    return [
        Timed(name, cpu, wall, 100, "0", served),
        Timed("its proof by prices", proof, proof_wall, 100, "0", "apart from the solver"),
        Timed("plain greedy, to compare", greedy_cpu, greedy_wall, 100, "0", dearer),
    ]


def problem_of(orders: int, people: int, seed: int = 5) -> Problem:
    """An invented queue: people and orders around a centre, a third of the skills fit."""
    import numpy as np

    dice = np.random.default_rng(seed)
    there = dice.normal(0, SPREAD_METRES, (orders, 2))
    homes = dice.normal(0, SPREAD_METRES, (people, 2))
    ways = np.hypot(*(there[:, None] - homes[None]).transpose(2, 0, 1))
    skill = np.where(dice.random(ways.shape) < 0.35, 0, 1_800)
    costs = np.rint(ways * 1.04 + skill).astype(int)
    near = np.argsort(costs, axis=1, kind="stable")[:, :CANDIDATES]
    rows = np.repeat(np.arange(orders), near.shape[1])
    return Problem(
        penalties=(12_000 * dice.choice([1, 1, 2, 4], orders)).tolist(),
        orders=rows.tolist(),
        people=near.ravel().tolist(),
        costs=costs[rows, near.ravel()].tolist(),
        room=dice.integers(1, 4, people).tolist(),
        first=(rules.SHARE * dice.integers(0, 4, people)).tolist(),
        share=rules.SHARE,
    )


def _preview(lane: Lane) -> Timed:
    """拟方案 and its page for a community with 200 orders that wait, as its clerk gets them."""
    at = now()
    hiring = Hiring(at - timedelta(days=1))
    hiring.phones = count(FIRST_PHONE + FURTHER)
    for _ in range(MEMBERS):
        hiring.post("member", lane.past)
    hiring.write()
    waiting_for(lane, QUEUE, at)
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(lane.clerk)
    with CaptureQueriesContext(connection) as captured:
        _drawn(client)
    sent, _ = counted([query["sql"] for query in captured.captured_queries])
    _, cpu, wall = _timed(lambda: _drawn(client))
    plan = Plan.objects.filter(state=Plan.State.DRAFT).latest("pk")
    found = plan.proposals.filter(person__isnull=False).count()
    says = f"{plan.proposals.count()} orders, {found} with somebody"
    return Timed(f"draft and page for {QUEUE} orders", cpu, wall, 2_000, f"{sent}", says)


def _drawn(client: Client) -> None:
    answer = client.post(reverse("dispatch:draw_up"))
    page = client.get(answer.headers["Location"])
    if page.status_code != 200:
        raise RuntimeError(f"plan: {page.status_code}")
