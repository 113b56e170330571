"""A few weeks of a small district, played by the product's own operations in a fixed disorder."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from tests.world import QIAONAN, wish
from yizhan.base.actor import ANONYMOUS, Actor, holder_of
from yizhan.base.verdict import Refused
from yizhan.demo.dice import Dice
from yizhan.orders import operations
from yizhan.orders.models import Order
from yizhan.orders.states import Source, State
from yizhan.ratings.models import Level, Solved
from yizhan.routing.models import Category

WEEKS = 9


def weeks(world: Any, until: datetime, *, orders: int = 120, seed: int = 5) -> None:
    """So many orders, each led as far as chance and the rules let it come before `until`."""
    dice = Dice("weeks", seed)
    kinds = list(Category.objects.filter(exit="", parent__isnull=False).order_by("code")[:3])
    for _ in range(orders):
        at = until - timedelta(minutes=dice.number(1, WEEKS * 7 * 24 * 60))
        order = _placed(world, at, dice, kinds)
        for moment in _moments(at, until, dice):
            order.refresh_from_db()
            _next(world, order, moment, dice, kinds)


def _moments(at: datetime, until: datetime, dice: Dice) -> Iterator[datetime]:
    for _ in range(10):
        at += timedelta(minutes=dice.one_of((2, 5, 60, 300, 900, 2000, 4000)))
        if at >= until:
            return
        yield at


def _placed(world: Any, at: datetime, dice: Dice, kinds: list[Category]) -> Order:
    region = dice.one_of((world.weigong, world.weigong, world.regions[QIAONAN]))
    asked = wish(world, category=dice.one_of(kinds), region=region)
    who = dice.one_of((world.by.aunt_wang, world.by.grandpa_li, ANONYMOUS, None))
    if who is None:
        clerk = _clerk(world, region.code)
        return operations.enter(wish=asked, source=Source.WALK_IN, by=clerk, at=at)
    return operations.place(wish=asked, by=who, at=at)


def _clerk(world: Any, code: str) -> Actor:
    found: Actor = world.by.feng if code == QIAONAN else world.by.sun
    return found


def _asker(order: Order) -> Actor:
    return holder_of("orders.order", order.pk)


def _next(world: Any, order: Order, at: datetime, dice: Dice, kinds: list[Category]) -> None:
    """One thing that may happen now; where the rules say no, nothing does."""
    clerk, asker = _clerk(world, order.region_code), _asker(order)
    unit = world.units["C2" if order.region_code == QIAONAN else "B1"]
    worker = world.by.feng if order.region_code == QIAONAN else dice.one_of(
        (world.by.chen, world.by.he, world.by.liu)
    )  # fmt: skip

    def do(verb: Any, by: Actor, **more: Any) -> None:
        verb(order=order, by=by, at=at, **more)

    def invite() -> None:
        people = dice.shuffled((world.chen, world.he))[: dice.number(1, 2)]
        do(operations.invite, clerk, people=people)

    def amend() -> None:
        kind = dice.one_of(kinds)
        do(operations.amend, clerk, category=kind, brief="改过的事由", version=order.version)

    ways: dict[str, list[Any]] = {
        State.PLACED: [
            lambda: do(operations.admit, clerk),
            lambda: do(operations.dispatch, clerk, unit=unit, pool=True),
            lambda: do(operations.ask, clerk, question="住几楼？"),
            lambda: do(operations.turn_away, clerk, words="请到政务大厅办"),
            amend,
            lambda: do(operations.withdraw, asker, reason=""),
        ],
        State.RECEIVED: [
            lambda: do(operations.dispatch, clerk, unit=unit, pool=dice.chance(50)),
            lambda: do(operations.dispatch, clerk, unit=unit, pool=True),
            lambda: do(operations.undo, clerk),
            lambda: do(operations.turn_away, clerk, words="请到政务大厅办"),
            lambda: do(operations.ask, clerk, question="住几楼？"),
        ],
        State.ASKING: [None, lambda: do(operations.answer, asker, words="三楼")],
        State.DISPATCHED: [
            invite,
            invite,
            lambda: do(operations.undo, clerk),
            lambda: do(operations.accept, worker),
            lambda: do(operations.accept, worker),
            lambda: do(operations.send_back, world.by.liu, reason="不是我们的事"),
            lambda: do(operations.withdraw, asker, reason=""),
        ],
        State.ACCEPTED: [
            *[lambda: do(operations.finish, clerk, result="办好了")] * 4,
            lambda: do(operations.hand_over, worker, to=dice.one_of((world.chen, world.he))),
            lambda: do(operations.send_back, worker, reason="手上有事"),
        ],
        State.FINISHED: [
            *[
                lambda: do(
                    operations.rate,
                    asker,
                    level=dice.one_of(list(Level)),
                    solved=dice.one_of(list(Solved)),
                    words="",
                )
            ]
            * 4,
            lambda: do(operations.reopen, asker, reason="又坏了"),
        ],
        State.RATED: [None, None, lambda: do(operations.reopen, asker, reason="又坏了")],
        State.TURNED_AWAY: [
            None,
            None,
            None,
            lambda: do(operations.reopen, asker, reason="那边不收"),
        ],
    }
    act = dice.one_of(ways.get(State(order.state), [None]))
    try:
        if act:
            act()
    except Refused:
        return
