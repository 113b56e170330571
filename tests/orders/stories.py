"""Orders led as far as a test needs, by the product's own operations."""

from datetime import datetime
from typing import Any

from tests.world import wish
from yizhan.orders import operations
from yizhan.orders.models import Order
from yizhan.ratings.models import Level, Solved


def placed(world: Any, at: datetime, **more: Any) -> Order:
    """Placed by 王阿姨 in 渭工路社区."""
    return operations.place(wish=wish(world, **more), by=world.by.aunt_wang, at=at)


def dispatched(world: Any, at: datetime, *, pool: bool = True, **more: Any) -> Order:
    """Given by the clerk to the first branch."""
    order, unit = placed(world, at, **more), world.units["B1"]
    return operations.dispatch(order=order, unit=unit, pool=pool, by=world.by.sun, at=at)


def accepted(world: Any, at: datetime, **more: Any) -> Order:
    """Taken by 小陈."""
    return operations.accept(order=dispatched(world, at, **more), by=world.by.chen, at=at)


def finished(world: Any, at: datetime, **more: Any) -> Order:
    """Done by 小陈."""
    order = accepted(world, at, **more)
    return operations.finish(order=order, result="换了一只灯泡", by=world.by.chen, at=at)


def rated(world: Any, at: datetime, **more: Any) -> Order:
    """Rated by 王阿姨."""
    order, words = finished(world, at, **more), "谢谢"
    return operations.rate(
        order=order, level=Level.GOOD, solved=Solved.YES, words=words, by=world.by.aunt_wang, at=at
    )
