"""A few weeks of a small district, played by the product's own operations in a fixed disorder."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from tests.world import QIAONAN, wish
from yizhan.base.actor import ANONYMOUS, CLOCK, Actor, holder_of
from yizhan.base.verdict import Refused
from yizhan.callbacks import operations as callbacks
from yizhan.callbacks import queries
from yizhan.callbacks.models import Rectification
from yizhan.demo.dice import Dice
from yizhan.orders import operations
from yizhan.orders.models import Order
from yizhan.orders.states import Source, State
from yizhan.ratings.models import Level, Solved
from yizhan.routing.models import Category

WEEKS = 9


def weeks(world: Any, until: datetime, *, orders: int = 100, seed: int = 5) -> None:
    """So many orders, each led as far as chance and the rules let it come before `until`."""
    dice = Dice("weeks", seed)
    kinds = list(Category.objects.filter(exit="", parent__isnull=False).order_by("code")[:3])
    events = []
    for number in range(orders):
        at = until - timedelta(minutes=dice.number(1, WEEKS * 7 * 24 * 60))
        events += [(moment, number) for moment in (at, *_moments(at, until, dice))]
    led: dict[int, Order] = {}
    for moment, number in sorted(events):
        if number in led:
            led[number].refresh_from_db()
            _next(world, led[number], moment, dice, kinds)
        else:
            led[number] = _placed(world, moment, dice, kinds)


def calls(world: Any, until: datetime, *, seed: int = 7) -> None:
    """What follows of what was done: lots are cast, some are called, some ratings looked into."""
    dice = Dice("calls", seed)
    for pk in queries.to_draw(until, 1000):
        order = Order.objects.get(pk=pk)
        last = order.steps.last()
        rest = timedelta(minutes=10) if order.state == State.RATED else timedelta(days=7)
        at = (last.at if last else order.placed_at) + rest
        callback = callbacks.draw(order=order, by=CLOCK, at=min(at, until))
        if callback.reason:
            _call(world, callback, dice, callback.drawn_at, until)
    for number, case in enumerate(Rectification.objects.waiting().order_by("pk")):
        at = case.opened_at + timedelta(days=(1, 2, 40)[number // 2 % 3])
        verb = (callbacks.rectify, callbacks.find_unfounded)[(number + 1) % 2]
        if at < until:
            _try(verb, rectification=case, words="看过", by=world.by.zhou, at=at)


def complaints(world: Any, at: datetime) -> None:
    """Two bad ratings long ago: one was put right, one did not speak of this work."""
    unit = world.units["B1"]
    bad: dict[str, Any] = {"level": Level.BAD, "solved": Solved.NO, "words": ""}
    for verb in (callbacks.rectify, callbacks.find_unfounded):
        order = operations.place(wish=wish(world), by=world.by.aunt_wang, at=at)
        order = operations.dispatch(order=order, unit=unit, pool=True, by=world.by.sun, at=at)
        order = operations.accept(order=order, by=world.by.he, at=at)
        order = operations.finish(order=order, result="修好了", by=world.by.he, at=at)
        operations.rate(order=order, by=world.by.aunt_wang, at=at, **bad)
        callbacks.draw(order=order, by=CLOCK, at=at)
        case = Rectification.objects.get(order=order)
        verb(rectification=case, words="看过", by=world.by.zhou, at=at + timedelta(days=1))


def _call(world: Any, callback: Any, dice: Dice, at: datetime, until: datetime) -> None:
    clerk = _clerk(world, callback.region_code)
    how = dice.one_of(("reach", "reach", "tries", "reopen", "nothing"))
    if how == "reopen" and at + timedelta(days=2) < until:
        order, later = callback.order, at + timedelta(days=2)
        _try(operations.reopen, order=order, reason="又坏了", by=_asker(order), at=later)
    if how == "reach" and at + timedelta(days=1) < until:
        given = {"solved": dice.one_of(list(Solved)), "level": None, "words": ""}
        late = at + timedelta(days=1)
        _try(callbacks.reach, callback=callback, by=clerk, at=late, **given)
    moments = [at + timedelta(hours=4 * number) for number in (1, 2, 3)] if how == "tries" else []
    for moment in moments:
        if moment < until:
            _try(callbacks.try_call, callback=callback, by=clerk, at=moment)


def _try(act: Any, **given: Any) -> None:
    try:
        act(**given)
    except Refused:
        return


def twins(world: Any, at: datetime) -> None:
    """Two orders about the same: one was sent back, then merged, and answered with the other."""
    clerk, unit = world.by.sun, world.units["B1"]
    main, other = (operations.place(wish=wish(world), by=ANONYMOUS, at=at) for _ in "12")
    operations.dispatch(order=other, unit=unit, pool=True, by=clerk, at=at)
    operations.send_back(order=other, reason="重复了", by=world.by.liu, at=at)
    operations.fold_in(order=other, main=main, by=clerk, at=at)
    operations.dispatch(order=main, unit=unit, pool=True, by=clerk, at=at)
    operations.accept(order=main, by=world.by.he, at=at)
    operations.finish(order=main, result="修好了", by=world.by.he, at=at)


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

    def fold_in() -> None:
        others = Order.objects.filter(region_code=order.region_code).exclude(pk=order.pk)
        main = others.filter(main=None).order_by("-pk").open().first()
        if main:
            do(operations.fold_in, clerk, main=main)

    def settle() -> None:
        do(operations.settle, world.by.zhou, unit=dice.one_of((unit, None)), words="归你们")

    def amend() -> None:
        kind = dice.one_of(kinds)
        do(operations.amend, clerk, category=kind, brief="改过的事由", version=order.version)

    ways: dict[str, list[Any]] = {
        State.PLACED: [
            lambda: do(operations.admit, clerk),
            *[lambda: do(operations.dispatch, clerk, unit=unit, pool=True)] * 3,
            lambda: do(operations.ask, clerk, question="住几楼？"),
            lambda: do(operations.turn_away, clerk, words="请到政务大厅办"),
            amend,
            lambda: do(operations.withdraw, asker, reason=""),
        ],
        State.RECEIVED: [
            lambda: do(operations.contact, clerk, how="phone"),
            lambda: do(operations.dispatch, clerk, unit=unit, pool=dice.chance(50)),
            lambda: do(operations.dispatch, clerk, unit=unit, pool=True),
            lambda: do(operations.undo, clerk),
            lambda: do(operations.turn_away, clerk, words="请到政务大厅办"),
            lambda: do(operations.set_aside, clerk, reason="等明年的资金"),
            lambda: do(operations.escalate, clerk, reason="社区办不了"),
            fold_in,
            lambda: do(operations.ask, clerk, question="住几楼？"),
        ],
        State.ESCALATED: [
            fold_in,
            lambda: do(operations.send_down, world.by.zhou, reason="社区能办"),
            lambda: do(operations.dispatch, world.by.zhou, unit=unit, pool=True),
        ],
        State.DISPUTED: [settle],
        State.MERGED: [None, lambda: do(operations.fold_out, clerk)],
        State.PENDING: [
            *[None] * 2,
            lambda: do(operations.take_up, clerk, reason="有钱了"),
            lambda: do(operations.conclude, clerk, owner=world.ma, result="装好了"),
            lambda: do(operations.withdraw, asker, reason=""),
        ],
        State.ASKING: [None, lambda: do(operations.answer, asker, words="三楼")],
        State.DISPATCHED: [
            *[invite] * 4,
            lambda: do(operations.undo, clerk),
            lambda: do(operations.accept, worker),
            lambda: do(operations.accept, worker),
            lambda: do(operations.send_back, world.by.liu, reason="不是我们的事"),
            lambda: do(operations.dispute, world.by.liu, reason="不归我们"),
            lambda: do(operations.set_aside, clerk, reason="等雨季过去"),
            lambda: do(operations.withdraw, asker, reason=""),
        ],
        State.ACCEPTED: [
            *[lambda: do(operations.finish, clerk, result="办好了")] * 4,
            lambda: do(operations.contact, clerk, how="phone"),
            lambda: do(operations.ask_extension, worker, days=2, reason="等配件"),
            lambda: do(operations.grant_extension, clerk, words="等配件到货"),
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
