"""What a whole table does: where it says nothing, what in it never fires, what crosses what.

Every order a district can get is a point: a category, a community, and the conditions. Only values
that some rule names tell points apart, so that few of them stand for all.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from yizhan.routing.conditions import LEVELS
from yizhan.routing.matching import Facts, Rule, mismatch

NONE, SOME, ALL = "none", "some", "all"


@dataclass(frozen=True, slots=True)
class Matter:
    """A category as the reports need it."""

    code: str
    name: str
    group: str
    handler: str = "community"
    needs_visit: bool = False
    is_sensitive: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One category in one community: whether some rule decides always, at times, or never."""

    matter: Matter
    region: str
    state: str


def coverage(
    rules: Sequence[Rule], matters: Sequence[Matter], regions: Sequence[str]
) -> list[Cell]:
    """For each category and community whether the table says something."""
    alike = _alike(rules, regions)
    found = {
        (matter.code, one): _covered(rules, matter, one)
        for matter in matters
        for one in set(alike.values())
    }
    return [
        Cell(matter, region, found[matter.code, alike[region]])
        for matter in matters
        for region in regions
    ]


def shadowed(
    rules: Sequence[Rule], matters: Sequence[Matter], regions: Sequence[str]
) -> list[tuple[Rule, tuple[Rule, ...]]]:
    """The rules that can never fire, each with the earlier ones that take everything from it."""
    found = []
    for place, rule in enumerate(rules):
        taken: set[int] = set()
        for point in _points(rule, rules[: place + 1], matters, regions):
            first = next(n for n, one in enumerate(rules) if not mismatch(one, point))
            if first == place:
                break
            taken.add(first)
        else:
            found.append((rule, tuple(rules[n] for n in sorted(taken))))
    return found


def crossing(
    rules: Sequence[Rule], matters: Sequence[Matter], regions: Sequence[str]
) -> list[tuple[Rule, Rule]]:
    """Pairs that some orders come under both of, with different targets, neither inside the other.

    A narrow rule above a wide one is how a table is meant. Here only the order decides.
    """
    return [
        (one, other)
        for place, one in enumerate(rules)
        for other in rules[place + 1 :]
        if one.target != other.target
        and _meet(one, other, matters, regions)
        and not _inside(one, other, matters, regions)
        and not _inside(other, one, matters, regions)
    ]


def place_for(
    new: Rule, rules: Sequence[Rule], matters: Sequence[Matter], regions: Sequence[str]
) -> int:
    """Where a new rule belongs: above the first that would take everything from it. From 0."""
    for place, rule in enumerate(rules):
        if _inside(new, rule, matters, regions):
            return place
    return len(rules)


def _covered(rules: Sequence[Rule], matter: Matter, region: str) -> str:
    wide = [one for one in rules if _is_about(one, matter) and region.startswith(one.region)]
    if not wide:
        return NONE
    points = list(_conditions(wide, matter, region, [""]))
    hit = sum(any(not mismatch(one, point) for one in wide) for point in points)
    return ALL if hit == len(points) else SOME


def _is_about(rule: Rule, matter: Matter) -> bool:
    asked = rule.conditions
    return (
        rule.category in ("", matter.code, matter.group)
        and asked.needs_visit in (None, matter.needs_visit)
        and asked.is_sensitive in (None, matter.is_sensitive)
    )


def _meet(one: Rule, other: Rule, matters: Sequence[Matter], regions: Sequence[str]) -> bool:
    words = ["".join((*one.conditions.words[:1], *other.conditions.words[:1]))]
    points = _points(one, [one, other], matters, regions, words)
    return any(not mismatch(other, point) for point in points)


def _inside(rule: Rule, other: Rule, matters: Sequence[Matter], regions: Sequence[str]) -> bool:
    """Whether whatever comes under the rule comes under the other too."""
    points = list(_points(rule, [rule, other], matters, regions))
    return bool(points) and all(not mismatch(other, point) for point in points)


def _points(
    rule: Rule,
    told_apart: Sequence[Rule],
    matters: Sequence[Matter],
    regions: Sequence[str],
    texts: Iterable[str] | None = None,
) -> Iterator[Facts]:
    """Orders that come under a rule, one for each way in which the rules tell them apart.

    Of a text the least is taken that the rule asks for: more words only make more rules match.
    """
    words = list(texts) if texts is not None else list(rule.conditions.words) or [""]
    alike = _alike(told_apart, [one for one in regions if one.startswith(rule.region)])
    for matter in matters:
        if _is_about(rule, matter):
            for region in sorted(set(alike.values())):
                points = _conditions(told_apart, matter, region, words)
                yield from (point for point in points if not mismatch(rule, point))


def _conditions(
    rules: Sequence[Rule], matter: Matter, region: str, texts: Iterable[str]
) -> Iterator[Facts]:
    asked = [one.conditions for one in rules]
    levels = list(LEVELS) if any(one.level for one in asked) else ["normal"]
    hours = [False, True] if any(one.outside_hours is not None for one in asked) else [False]
    types = ["", *sorted({one.station_type for one in asked if one.station_type})]
    for level, outside, type_, text in product(levels, hours, types, texts):
        yield Facts(
            category=matter.code,
            group=matter.group,
            region=region,
            handler=matter.handler,
            level=level,
            needs_visit=matter.needs_visit,
            is_sensitive=matter.is_sensitive,
            outside_hours=outside,
            station_type=type_,
            words=text,
        )


def _alike(rules: Sequence[Rule], regions: Sequence[str]) -> dict[str, str]:
    """For each community one that no rule tells apart from it."""
    prefixes = {rule.region for rule in rules}
    first: dict[frozenset[str], str] = {}
    return {
        region: first.setdefault(
            frozenset(one for one in prefixes if region.startswith(one)), region
        )
        for region in regions
    }
