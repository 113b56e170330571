"""What the orders of the last months would have got from another routing table."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from yizhan.orders.models import Order
from yizhan.routing.matching import Answer, Facts, Rule, Target, route
from yizhan.routing.queries import Loaded, is_outside_hours

DAYS = 90
SHOWN = 12
COLUMNS = (
    "category__code", "category__parent__code", "category__handler", "category__needs_visit",
    "category__is_sensitive", "region_code", "level", "station__type__code", "placed_at",
    "unit__code", "unit__kind",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """So many orders that went to one target would go to another."""

    before: str
    after: str
    count: int


@dataclass(frozen=True, slots=True)
class Preview:
    """How many orders there were, for how many the answer would be another, and which answers.

    `given` had a unit in the end; `as_given` of them got the one that the new table names.
    `unused` are rules that no order came under.
    """

    count: int
    changed: int
    changes: list[Change]
    given: int
    as_given: int
    unused: list[Rule]


def preview(old: Loaded, new: Loaded, area: str, at: datetime) -> Preview:
    """Ask both tables about every order of an area of the last 90 days. One query.

    What was said is not read: a rule about words matches none of them.
    """
    changes: Counter[tuple[str, str]] = Counter()
    used: set[int] = set()
    count = given = as_given = 0
    known: dict[Facts, tuple[Answer, Answer]] = {}
    for facts, code, kind in _orders(area, at):
        if facts not in known:
            known[facts] = (route(facts, old.rules), route(facts, new.rules))
        before, after = known[facts]
        count += 1
        if before.target != after.target:
            changes[_words(before.target), _words(after.target)] += 1
        if after.rule:
            used.add(after.rule.pk)
        if code:
            given += 1
            as_given += _is(after.target, code, kind)
    rows = sorted(changes.items(), key=lambda item: (-item[1], item[0]))
    return Preview(
        count=count,
        changed=sum(changes.values()),
        changes=[Change(*pair, n) for pair, n in rows[:SHOWN]],
        given=given,
        as_given=as_given,
        unused=[rule for rule in new.rules if rule.pk not in used],
    )


def _orders(area: str, at: datetime) -> Iterator[tuple[Facts, str, str]]:
    since = at - timedelta(days=DAYS)
    orders = Order.objects.filter(region_code__startswith=area, placed_at__gt=since)
    rows: Any = orders.values_list(*COLUMNS).iterator(chunk_size=2000)
    for code, group, handler, visit, sensitive, region, level, type_, placed, unit, kind in rows:
        facts = Facts(
            category=code,
            group=group or code,
            region=region,
            handler=handler,
            level=level,
            needs_visit=visit,
            is_sensitive=sensitive,
            outside_hours=is_outside_hours(placed),
            station_type=type_ or "",
        )
        yield facts, unit or "", kind or ""


def _words(target: Target | None) -> str:
    return str(target) if target else "失效，不能按目录派"


def _is(target: Target | None, code: str, kind: str) -> bool:
    if target is None:
        return False
    return code == target.unit if target.unit else kind == target.kind
