"""The clocks of an order as tests compare them."""

from datetime import datetime
from zoneinfo import ZoneInfo

from yizhan.clocks import rules
from yizhan.clocks.models import Clock
from yizhan.orders.models import Order


def moment(text: str) -> datetime:
    """A moment on the Beijing clock."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Shanghai"))


MONDAY = moment("2026-11-23 09:00")


def clocks(order: Order, number: int = 1) -> dict[str, Clock]:
    """The clocks of one round, by kind."""
    return {clock.kind: clock for clock in Clock.objects.of(order).filter(round=number)}


def lights(order: Order, at: datetime, number: int = 1) -> dict[str, str]:
    """How each stands."""
    return {kind: str(rules.light(one, at)) for kind, one in clocks(order, number).items()}


def same(order: Order, number: int = 1) -> bool:
    """Whether the order's columns say what its clocks say."""
    kept, row = clocks(order, number), Order.objects.get(pk=order.pk)
    return (row.arrange_by, row.finish_by) == (kept["arrange"].due_at, kept["resolve"].due_at)
