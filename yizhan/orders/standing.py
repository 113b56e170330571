"""How an actor stands to an order: asker, holder of its receipt, handler, in whose area or unit.

Whoever acts for another person stands to an order only as its asker does, as far as they may.
`stands_in` says it of an order, `represented` asks the database the same.
"""

from datetime import datetime, timedelta

from yizhan.base.actor import Actor
from yizhan.orders.models import VISITOR_DAYS, Order
from yizhan.orders.states import ENDED, OPEN
from yizhan.people.models import How, Scope, Unit


def is_asker(order: Order, by: Actor) -> bool:
    """Whether the actor is who placed the order, or stands in for them: account, receipt."""
    if by.on_behalf_of is not None:
        return stands_in(order, by)
    by_account = by.person_id is not None and by.person_id == order.author_id
    return by_account or by.receipt_of == ("orders.order", order.pk)


def stands_in(order: Order, by: Actor) -> bool:
    """Whether the actor acts for the order's author, and how far: see `behalf.represented`."""
    if by.on_behalf_of is None or by.on_behalf_of != order.author_id:
        return False
    if by.how != How.FAMILY:
        return by.reaches_region(order.region_code)
    if order.category.is_sensitive:
        return False
    return Scope.ORDER in by.mandate or (Scope.RATE in by.mandate and order.state in ENDED)


def holds_receipt(order: Order, by: Actor) -> bool:
    """Whether the actor may see the receipt code: who asked, or who wrote it down for them.

    Not who acts for them: the receipt would outlive the mandate.
    """
    if by.on_behalf_of is not None:
        return False
    wrote = by.person_id is not None and by.person_id == order.entered_by_id
    return wrote or is_asker(order, by)


def is_handler(order: Order, by: Actor) -> bool:
    """Whether the actor is the person who has accepted the order."""
    own = by.on_behalf_of is None and by.person_id is not None
    return own and by.person_id == order.handler_id


def may_still_call(order: Order, by: Actor, at: datetime) -> bool:
    """Whether the actor is the handler, and the days after the end are not over."""
    over = order.finished_at and at - order.finished_at >= timedelta(days=VISITOR_DAYS)
    return is_handler(order, by) and not over


def governs(order: Order, by: Actor, power: str) -> bool:
    """Whether the actor's post has this power in the order's region."""
    own = by.on_behalf_of is None and by.may(power)
    return own and by.reaches_region(order.region_code)


def leads_unit(order: Order, by: Actor, power: str) -> bool:
    """Whether the actor's post has this power in the unit the order was given to.

    A post of a community has an area; it answers for the community as a unit too.
    """
    unit = order.unit
    if unit is None or by.on_behalf_of is not None or not by.may(power):
        return False
    is_community = unit.kind == Unit.Kind.COMMUNITY and by.unit_id == unit.pk
    return is_community or by.reaches_unit(unit.path)


def sees(order: Order, by: Actor, at: datetime) -> bool:
    """What `visible_to` asks the database, for an order already read."""
    if by.on_behalf_of is not None:
        return stands_in(order, by)
    reads = by.may("orders.read") or (by.may("orders.read_open") and order.state in OPEN)
    return (
        is_asker(order, by)
        or may_still_call(order, by, at)
        or (by.may("orders.enter") and holds_receipt(order, by))
        or (reads and by.reaches_region(order.region_code))
        or leads_unit(order, by, "orders.read")
    )
