"""From the facts of a queue to a problem with numbers, and from its solution back to people."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from yizhan.dispatch import rules
from yizhan.dispatch.queries import Facts
from yizhan.dispatch.solver import Problem, is_optimal, optimum

CANDIDATES = 40


@dataclass(frozen=True, slots=True)
class Outcome:
    """For each order somebody or nobody, what it costs, and whether nothing is cheaper."""

    people: Mapping[int, int | None]
    cost: int
    proven: bool


def planned(
    facts: Facts, orders: Sequence[int], locked: Mapping[int, int | None] | None = None
) -> Outcome:
    """Whom to ask for which of these orders. What is `locked` stays, and takes its room."""
    locked = locked or {}
    free = [order for order in orders if order not in locked]
    used = [person for person in locked.values() if person is not None]
    problem, people = problem_of(facts, free, used)
    found = optimum(problem)
    chosen = {
        order: people[place] if place >= 0 else None
        for order, place in zip(free, found.chosen, strict=True)
    }
    return Outcome({**locked, **chosen}, found.cost, is_optimal(problem, found))


def problem_of(
    facts: Facts, orders: Sequence[int], used: Collection[int] = ()
) -> tuple[Problem, list[int]]:
    """The problem, and the ids of the people in its order. `used`: a person for each order that
    they have been given already.
    """
    people = sorted(facts.helpers)
    place = {person: number for number, person in enumerate(people)}
    taken = [sum(person == one for one in used) for person in people]
    rows: list[int] = []
    columns: list[int] = []
    costs: list[int] = []
    for number, order in enumerate(orders):
        for cost, person in _nearest(facts, order):
            rows.append(number)
            columns.append(place[person])
            costs.append(cost)
    helpers = [facts.helpers[person] for person in people]
    problem = Problem(
        penalties=[rules.penalty(facts.needs[order]) for order in orders],
        orders=rows,
        people=columns,
        costs=costs,
        room=[max(rules.room(one) - n, 0) for one, n in zip(helpers, taken, strict=True)],
        first=[rules.spread(one) + rules.SHARE * n for one, n in zip(helpers, taken, strict=True)],
        share=rules.SHARE,
    )
    return problem, people


def _nearest(facts: Facts, order: int) -> list[tuple[int, int]]:
    """The forty whom it costs least to ask, of those who can be asked at all."""
    need = facts.needs[order]
    fitting = [
        (rules.cost(need, one), one.person_id)
        for one in facts.helpers_for(order)
        if not rules.standing(one) and rules.room(one)
    ]
    return sorted(fitting)[:CANDIDATES]
