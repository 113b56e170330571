"""Whistles led as far as a test needs, by the product's own operations."""

from datetime import datetime
from typing import Any

from tests.orders import stories
from yizhan.orders import operations as orders
from yizhan.orders.models import Order
from yizhan.whistles import operations
from yizhan.whistles.models import Call, Whistle
from yizhan.whistles.operations.blowing import Brief

MATTER = "小区外墙一片瓷砖松动，要一起看现场、拉警戒"
STREET = {"arrival": 5, "cooperation": 4, "result": 4}
UNIT = {"need": 5, "clarity": 3, "cooperation": 4}


def passed_up(world: Any, at: datetime, **more: Any) -> Order:
    """The community has passed an order up to the street."""
    order = orders.admit(order=stories.placed(world, at, **more), by=world.by.sun, at=at)
    return orders.escalate(order=order, reason="要几家一起办", by=world.by.ma, at=at)


def blown(world: Any, at: datetime, **more: Any) -> Whistle:
    """The street has called the property company to lead and the first branch to help."""
    order = more.pop("order", None) or passed_up(world, at)
    values = {
        "brief": Brief(more.pop("kind", "routine"), MATTER, "渭工路北段"),
        "lead": world.units["P"],
        "helpers": [world.units["B1"]],
        "by": world.by.zhou,
        "at": at,
    }
    return operations.blow(order=order, **(values | more))


def call_of(whistle: Whistle, unit: str) -> Call:
    """The call of one unit."""
    return Call.objects.with_names().get(whistle=whistle, unit__code=unit)


def there(world: Any, at: datetime, **more: Any) -> Whistle:
    """Both units have reported in."""
    whistle = blown(world, at, **more)
    for unit, by in (("P", world.by.anju), ("B1", world.by.liu)):
        operations.report_in(call=call_of(whistle, unit), by=by, at=at)
    return whistle


def closed(world: Any, at: datetime, **more: Any) -> Whistle:
    """The property company has written the result, and the street has ended it."""
    whistle = there(world, at, **more)
    operations.complete_part(
        call=call_of(whistle, "P"), words="松动的瓷砖都清了", by=world.by.anju, at=at
    )
    return operations.close_whistle(whistle=whistle, words="险情排除", by=world.by.zhou, at=at)
