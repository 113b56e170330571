"""The assignment: proven against every plan there is, against a linear programme, and by prices."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog
from scipy.sparse import coo_matrix

from yizhan.dispatch.solver import (
    Problem,
    Solution,
    greedy,
    is_optimal,
    network,
    optimum,
    solution,
)


@st.composite
def problems(draw):
    """Up to four orders and three people, each with some arcs and some room."""
    orders, people = draw(st.integers(0, 4)), draw(st.integers(1, 3))
    pairs = [(o, p) for o in range(orders) for p in range(people) if draw(st.booleans())]
    prices = st.integers(0, 40)
    return Problem(
        penalties=[draw(st.sampled_from([0, 20, 60])) for _ in range(orders)],
        orders=[order for order, _ in pairs],
        people=[person for _, person in pairs],
        costs=[draw(prices) for _ in pairs],
        room=[draw(st.integers(0, 3)) for _ in range(people)],
        first=[draw(st.integers(0, 10)) for _ in range(people)],
        share=draw(st.integers(0, 8)),
    )


def every_plan(problem):
    """What each possible plan costs."""
    arcs = set(zip(problem.orders, problem.people, strict=True))
    ways = [
        [-1, *(person for person in range(len(problem.room)) if (order, person) in arcs)]
        for order in range(len(problem.penalties))
    ]
    for chosen in product(*ways):
        if all(chosen.count(person) <= room for person, room in enumerate(problem.room)):
            yield solution(problem, chosen)


@given(problems())
def test_nothing_is_cheaper(problem):
    found = optimum(problem)
    costs = [one.cost for one in every_plan(problem)]

    assert found.cost == min(costs)
    assert solution(problem, found.chosen) == found
    assert is_optimal(problem, found)
    assert all(found.chosen.count(p) <= room for p, room in enumerate(problem.room))


@given(problems())
def test_the_proof_holds_for_the_cheapest_plans_and_for_no_other(problem):
    plans = list(every_plan(problem))
    least = min(plan.cost for plan in plans)

    assert all(is_optimal(problem, plan) == (plan.cost == least) for plan in plans)
    assert greedy(problem).cost >= least


def large(orders, people, near=20, seed=1):
    """Random points on a plane, with skills: what a street's queue looks like, and larger."""
    dice = np.random.default_rng(seed)
    there, homes = dice.normal(0, 2400, (orders, 2)), dice.normal(0, 2400, (people, 2))
    ways = np.hypot(*(there[:, None] - homes[None]).transpose(2, 0, 1)) * 1.04
    costs = np.rint(ways + dice.choice([0, 1800], ways.shape)).astype(int)
    nearest = np.argsort(costs, axis=1, kind="stable")[:, :near]
    rows = np.repeat(np.arange(orders), nearest.shape[1])
    return Problem(
        penalties=(12_000 * dice.choice([1, 1, 2, 4], orders)).tolist(),
        orders=rows.tolist(),
        people=nearest.ravel().tolist(),
        costs=costs[rows, nearest.ravel()].tolist(),
        room=dice.integers(1, 4, people).tolist(),
        first=(240 * dice.integers(0, 4, people)).tolist(),
        share=240,
    )


@pytest.mark.parametrize(("orders", "people"), [(60, 60), (120, 30), (30, 120)])
def test_a_linear_programme_says_the_same(orders, people):
    """By another method, that of HiGHS; its dual value is the bound that nothing can be under."""
    problem = large(orders, people)
    made, found = network(problem), optimum(problem)
    arcs, ones = np.arange(len(made.costs)), np.ones(len(made.costs))
    shown = linprog(
        made.costs,
        A_eq=coo_matrix((ones, (made.rows, arcs)), shape=(orders, len(arcs))),
        b_eq=np.ones(orders),
        A_ub=coo_matrix((ones, (made.columns, arcs)), shape=(made.width, len(arcs))),
        b_ub=np.ones(made.width),
        method="highs",
    )
    bound = shown.eqlin.marginals.sum() + shown.ineqlin.marginals.sum()

    assert shown.fun == pytest.approx(found.cost)
    assert bound == pytest.approx(found.cost)
    assert is_optimal(problem, found)
    assert greedy(problem).cost >= found.cost


def test_a_plan_that_could_be_better_is_not_proven():
    problem = large(60, 60)
    found = optimum(problem)
    worse = list(found.chosen)
    place = next(number for number, person in enumerate(worse) if person >= 0)
    worse[place] = -1

    assert not is_optimal(problem, solution(problem, worse))
    assert not is_optimal(problem, Solution(found.chosen, found.cost - 1))


def test_the_same_queue_gives_the_same_plan():
    problem = large(80, 40)

    assert len({optimum(problem).chosen for _ in range(3)}) == 1


def test_the_burden_spreads_before_anybody_walks_far():
    """Two equal people and four orders: two each, although all fit the first one alone."""
    problem = Problem(
        penalties=[9000] * 4,
        orders=[0, 0, 1, 1, 2, 2, 3, 3],
        people=[0, 1] * 4,
        costs=[100, 101] * 4,
        room=[4, 4],
        first=[0, 0],
        share=240,
    )

    assert sorted(optimum(problem).chosen) == [0, 0, 1, 1]


def test_an_order_without_anybody_stays_without():
    problem = Problem([500, 500], [0], [0], [100], [1], [0], 240)

    assert optimum(problem) == Solution((0, -1), 600)
    assert optimum(Problem([], [], [], [], [2], [0], 240)) == Solution((), 0)
