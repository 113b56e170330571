"""What the routing table says of an order that waits to be dispatched."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from yizhan.orders.models import Order
from yizhan.people.models import Unit
from yizhan.routing import queries as routing
from yizhan.routing.models import RoutingTable
from yizhan.routing.rules import Answer, Facts, route


@dataclass(frozen=True, slots=True)
class Advice:
    """The answer of the table in force, and the units at hand that it means."""

    table: RoutingTable
    answer: Answer
    units: tuple[Unit, ...]

    @property
    def chosen(self) -> str:
        """The code of the unit to choose beforehand: where it is one, not one of several."""
        return self.units[0].code if len(self.units) == 1 else ""

    @property
    def codes(self) -> frozenset[str]:
        """The codes of the units meant."""
        return frozenset(unit.code for unit in self.units)

    @property
    def words(self) -> str:
        """Where the order should go, in words."""
        if self.chosen:
            return self.units[0].name
        if self.units:
            return f"{self.answer.target}，有 {len(self.units)} 个，请选一个"
        return f"{self.answer.target}，但这里没有登记" if self.answer.target else "不能按目录派"


def advice(order: Order, units: Iterable[Unit], at: datetime) -> Advice | None:
    """What the table in force says, if there is one; `units` are those the order can go to."""
    found = routing.in_force(localdate(at))
    if found.table is None:
        return None
    answer = route(facts_of(order, found), found.rules)
    return Advice(found.table, answer, tuple(routing.fitting(answer, units)))


def step_facts(order: Order, unit: Unit, at: datetime) -> dict[str, Any]:
    """What a dispatch keeps of it: version, rule (0 for none), and whether it was followed."""
    found = routing.in_force(localdate(at))
    if found.table is None:
        return {}
    answer = route(facts_of(order, found), found.rules)
    rule = answer.rule.pk if answer.rule else 0
    return {
        "table": found.table.number,
        "rule": rule,
        "as_told": routing.follows(answer, unit),
    }


def facts_of(order: Order, found: routing.Loaded) -> Facts:
    """The order as the table looks at it. The words are opened only where a rule asks for them."""
    category = order.category
    reads = any(rule.conditions.words for rule in found.rules)
    type_ = order.station.type_id if order.station else 0
    return Facts(
        category=category.code,
        group=found.categories.get(category.parent_id or 0, ""),
        region=order.region_code,
        handler=category.handler,
        level=order.level,
        needs_visit=category.needs_visit,
        is_sensitive=category.is_sensitive,
        outside_hours=routing.is_outside_hours(order.placed_at),
        station_type=found.types.get(type_, ""),
        words=order.words.open() if reads and order.words else "",
    )
