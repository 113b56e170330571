"""Who answers for an order as it stands, and who leads them: posts of units, as they are today."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from yizhan.ladder.models import STREET, Rung
from yizhan.orders import whom
from yizhan.orders.models import Order
from yizhan.orders.states import State
from yizhan.people.models import Post, Unit

AT_UNIT = (State.DISPATCHED, State.ACCEPTED, State.ASKING)


@dataclass
class Posts:
    """Who is told on one day. What was asked of the database once is kept for one run."""

    day: date
    known: dict[tuple[Any, ...], list[int]] = field(default_factory=dict)

    def told(self, order: Order, rung: str) -> list[int]:
        """Whom this rung is told to, as the order stands now."""
        if rung in (Rung.Code.SUPERVISED, Rung.Code.DECIDED):
            return self.street(order)
        people = self.responsible(order)
        return people if rung == Rung.Code.REMINDED else [*people, *self.lead(order)]

    def responsible(self, order: Order) -> list[int]:
        """Who does the next thing: the handler, those who answer for the unit, or the office."""
        if order.handler_id and order.state in (State.ACCEPTED, State.ASKING):
            return [order.handler_id]
        if order.state == State.DISPATCHED:
            return self._of_unit(order) or self.office(order)
        return self.office(order)

    def lead(self, order: Order) -> list[int]:
        """Who leads them: those who answer for the unit; for them, the office."""
        if order.handler_id and order.state in (State.ACCEPTED, State.ASKING):
            return self._of_unit(order) or self.office(order)
        return self.office(order)

    def office(self, order: Order) -> list[int]:
        """The community, or the street while it has the order."""
        if order.at_street or order.state == State.DISPUTED:
            return self.street(order)
        key = ("office", order.region_id)
        return self._kept(key, lambda: whom.triagers(order.region, self.day))

    def street(self, order: Order) -> list[int]:
        """Those at the street who decide."""
        key = ("street", order.region_code[:STREET])
        return self._kept(key, lambda: whom.deciders(order, self.day))

    def _of_unit(self, order: Order) -> list[int]:
        unit = order.unit
        return self._kept(("unit", unit.pk), lambda: leaders(unit, self.day)) if unit else []

    def _kept(self, key: tuple[Any, ...], ask: Callable[[], list[int]]) -> list[int]:
        if key not in self.known:
            self.known[key] = ask()
        return self.known[key]


def leaders(unit: Unit, day: date) -> list[int]:
    """The persons who answer for a unit; for a community its own office."""
    if unit.kind != Unit.Kind.COMMUNITY:
        return whom.leaders(unit, day)
    posts = Post.objects.on(day).filter(unit=unit, role__in=["clerk", "secretary"])
    return list(posts.values_list("person", flat=True).distinct())


def unit_of(order: Order) -> Unit | None:
    """The unit that is late: the one that has the order, else the community. None at the street,
    which nobody in this system stands above.
    """
    if order.state in AT_UNIT and order.unit:
        return None if order.unit.kind == Unit.Kind.STREET else order.unit
    if order.at_street or order.state == State.DISPUTED:
        return None
    return Unit.objects.current().filter(kind="community", region=order.region_id).first()
