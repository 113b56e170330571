"""Queues as the tests of plans need them."""

from tests.orders.stories import dispatched, station
from tests.world import QIAONAN


def points(world):
    """A station in each of the two communities, 1.1 km apart on the map."""
    station(world)
    other = world.regions[QIAONAN]
    station(world, code="QN01", name="丽园路驿站", region=other, latitude=34.35, longitude=107.15)


def skilled(person, skills):
    """What somebody says of themselves in their post."""
    person.posts.update(skills=skills)


def queue(world, at, count=2, **more):
    """So many orders of the first branch that nobody has taken and nobody was asked for."""
    return [dispatched(world, at, **more) for _ in range(count)]


def chosen(plan):
    """Whom a plan would ask, by order."""
    return dict(plan.proposals.order_by("order").values_list("order", "person"))


def form(plan, *changed):
    """What the page of a plan sends: everybody as proposed, but for these pairs."""
    rows = plan.proposals.select_related("order", "person")
    fields = {f"to-{row.order.code}": row.person.code if row.person else "-" for row in rows}
    return fields | {f"to-{order.code}": who.code if who else "-" for order, who in changed}
