"""The cheapest way to ask people for a whole queue, with a proof that there is none cheaper.

Every order gets one person at most, every person `room` orders at most. A person's k-th order of a
plan costs `first + k * SHARE` more than the arc to it: each further one is dearer, so that the
burden spreads. Costs are whole numbers. numpy and scipy are imported when something is solved: no
page that only reads pays for them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

Vector = Any


@dataclass(frozen=True, slots=True)
class Problem:
    """Orders and people by their places in the lists. The three lists of arcs run in step.

    `penalties`: what it costs to leave each order without anybody. `room` and `first` go by person.
    """

    penalties: Sequence[int]
    orders: Sequence[int]
    people: Sequence[int]
    costs: Sequence[int]
    room: Sequence[int]
    first: Sequence[int]
    share: int


@dataclass(frozen=True, slots=True)
class Solution:
    """For each order the place of a person, or -1; and what it costs in all."""

    chosen: tuple[int, ...]
    cost: int

    @property
    def served(self) -> int:
        """How many orders got somebody."""
        return sum(person >= 0 for person in self.chosen)


@dataclass(frozen=True, slots=True)
class Network:
    """The problem as a bipartite graph: each person once for each order they have room for, then a
    column for each order that gets nobody. Arcs are sorted by column.
    """

    rows: "np.ndarray[Any, Any]"
    columns: "np.ndarray[Any, Any]"
    costs: "np.ndarray[Any, Any]"
    persons: "np.ndarray[Any, Any]"
    width: int


def network(problem: Problem) -> Network:
    """Spread out every person's room; the k-th place costs `k * share` more."""
    import numpy as np

    rows, people = np.asarray(problem.orders, int), np.asarray(problem.people, int)
    room, first = np.asarray(problem.room, int), np.asarray(problem.first, int)
    costs, count = np.asarray(problem.costs, int), len(problem.penalties)
    starts = np.concatenate([np.zeros(1, int), np.cumsum(room)])
    places = int(starts[-1])
    times = room[people] if len(people) else np.zeros(0, int)
    turn = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
    who = np.repeat(people, times)
    alone = np.arange(count)
    all_rows = np.concatenate([np.repeat(rows, times), alone])
    all_columns = np.concatenate([starts[who] + turn, places + alone])
    paid = np.repeat(costs, times) + first[who] + problem.share * turn
    all_costs = np.concatenate([paid, np.asarray(problem.penalties, int)])
    order = np.lexsort((all_rows, all_columns))
    return Network(
        rows=all_rows[order],
        columns=all_columns[order],
        costs=all_costs[order],
        persons=np.concatenate([np.repeat(np.arange(len(room)), room), np.full(count, -1)]),
        width=places + count,
    )


def optimum(problem: Problem) -> Solution:
    """The cheapest plan. The same problem always gives the same plan."""
    if not problem.penalties:
        return Solution((), 0)
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    made = network(problem)
    shape = (len(problem.penalties), made.width)
    weights = csr_matrix((made.costs + 1.0, (made.rows, made.columns)), shape=shape)
    _, columns = min_weight_full_bipartite_matching(weights)
    return solution(problem, [int(made.persons[column]) for column in columns])


def solution(problem: Problem, chosen: Sequence[int]) -> Solution:
    """What a plan costs, counted afresh from the problem itself."""
    arcs = dict(zip(zip(problem.orders, problem.people, strict=True), problem.costs, strict=True))
    used = [0] * len(problem.room)
    cost = 0
    for order, person in enumerate(chosen):
        if person < 0:
            cost += problem.penalties[order]
            continue
        cost += int(arcs[order, person]) + problem.first[person] + problem.share * used[person]
        used[person] += 1
    return Solution(tuple(chosen), int(cost))


def greedy(problem: Problem) -> Solution:
    """The plain way, for comparison: the cheapest arc first, as long as there is room."""
    used, chosen = [0] * len(problem.room), [-1] * len(problem.penalties)
    arcs = zip(problem.costs, problem.orders, problem.people, strict=True)
    for _, order, person in sorted(
        arcs, key=lambda arc: (-problem.penalties[arc[1]], arc[0] + problem.first[arc[2]], arc[1:])
    ):
        if chosen[order] < 0 and used[person] < problem.room[person]:
            chosen[order] = person
            used[person] += 1
    return solution(problem, chosen)


def is_optimal(problem: Problem, found: Solution) -> bool:
    """Whether nothing is cheaper, by prices that prove it: a dual solution of the same cost.

    A place has the price by which it would be cheaper for somebody else; prices that no arc
    undercuts exist only for an optimum (weak duality). Asks nothing of how it was found.
    """
    import numpy as np

    if not problem.penalties:
        return True
    made = network(problem)
    taken, paid = _placed(problem, found)
    into = np.flatnonzero(np.diff(made.columns, prepend=-1))
    price, saved = np.zeros(made.width), made.costs - paid[made.rows]
    for _ in range(len(problem.penalties) + 1):
        least = np.zeros(made.width)
        offered = price[taken[made.rows]] + saved
        least[made.columns[into]] = np.minimum.reduceat(offered, into)
        lower = np.minimum(price, least)
        if np.array_equal(lower, price):
            break
        price = lower
    worth = paid - price[taken]
    feasible = bool(np.all(worth[made.rows] + price[made.columns] <= made.costs))
    return feasible and round(float(worth.sum() + price.sum())) == found.cost


def _placed(problem: Problem, found: Solution) -> tuple[Vector, Vector]:
    """The column each order has in a plan, and what it pays there."""
    import numpy as np

    starts = np.concatenate([np.zeros(1, int), np.cumsum(np.asarray(problem.room, int))])
    arcs = dict(zip(zip(problem.orders, problem.people, strict=True), problem.costs, strict=True))
    used = [0] * len(problem.room)
    columns, paid = [], []
    for order, person in enumerate(found.chosen):
        if person < 0:
            columns.append(int(starts[-1]) + order)
            paid.append(problem.penalties[order])
            continue
        turn, used[person] = used[person], used[person] + 1
        columns.append(int(starts[person]) + turn)
        paid.append(arcs[order, person] + problem.first[person] + problem.share * turn)
    return np.asarray(columns, int), np.asarray(paid, int)
