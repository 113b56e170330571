"""Orders about the same matter, and the follower that finds it out."""

from datetime import datetime
from typing import Any

from tests.world import wish
from yizhan.base import chain
from yizhan.base.actor import ANONYMOUS, CLOCK, Actor
from yizhan.duplicates import operations, queries
from yizhan.duplicates.models import Pair
from yizhan.orders import operations as orders
from yizhan.orders.models import Order
from yizhan.routing.models import Category

LIGHT = "三单元楼道的灯不亮，晚上上楼看不见"
LIGHT_TOO = "三单元楼道的灯坏了，晚上上楼看不见台阶"
RUBBISH = "南门口的垃圾桶满了没人收，味道很大"
LIMIT = 500


def brought(
    world: Any, at: datetime, words: str = LIGHT, by: Actor = ANONYMOUS, **more: Any
) -> Order:
    """Placed in 渭工路社区, a matter of lights by default, without an account by default."""
    category = Category.objects.get(code=more.pop("category", "facility_light"))
    return orders.place(wish=wish(world, words=words, category=category, **more), by=by, at=at)


def caught_up(at: datetime) -> None:
    """The chain is sealed and the vectors are up to date."""
    while chain.seal_waiting(at=at):
        pass
    while operations.follow(limit=LIMIT, by=CLOCK, at=at) == LIMIT:
        pass


def found(world: Any, at: datetime, words: str = LIGHT_TOO, **more: Any) -> list[queries.Same]:
    """What somebody without an account is told who types these words."""
    values = {"region": world.weigong, "place": "", "by": ANONYMOUS} | more
    return queries.same_as(words, at=at, **values)


def pairs() -> list[tuple[int, int]]:
    """The pairs that are kept."""
    return list(Pair.objects.order_by("pk").values_list("older", "newer"))
