"""The last weeks of the living district, act by act in the order of time, up to last midnight.

The same day gives the same history. Nothing of it is sent: its messages count as long delivered.
"""

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from heapq import heapify, heappop, heappush

from django.db import connection
from django.db.models import F

from yizhan.base import jobs
from yizhan.base.outbox import Notice
from yizhan.demo.data import Living
from yizhan.demo.dice import Deck, Dice
from yizhan.demo.plots import WAYS, Story
from yizhan.demo.stage import Stage
from yizhan.demo.tale import Tale, placed
from yizhan.regions.models import Region

READ_BEFORE = timedelta(days=1)


def play(living: Living, regions: Iterable[Region], day: datetime) -> None:
    """Play every story that began before `day`, a midnight, as far as that midnight."""
    stage = Stage.of(living, regions, day)
    last = Notice.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    with jobs.held(), _in_one_piece():
        _run(stage)
    told = Notice.objects.filter(pk__gt=last)
    told.update(sent_at=F("at"))
    told.filter(at__lt=day - READ_BEFORE).update(read_at=F("at"))


@contextmanager
def _in_one_piece() -> Iterator[None]:
    """No savepoint around each act: a fault in one undoes them all. A quarter of the time."""
    features, collecting = connection.features, gc.isenabled()
    gc.disable()
    features.uses_savepoints = False
    try:
        yield
    finally:
        features.uses_savepoints = True
        if collecting:
            gc.enable()


def _run(stage: Stage) -> None:
    decks, levels = stage.decks(), Deck(stage.living.levels, Dice("levels"))
    waiting: list[tuple[datetime, int]] = [
        (at, number) for number, at in enumerate(_moments(stage))
    ]
    heapify(waiting)
    tales: dict[int, Tale] = {}
    stories: dict[int, Story] = {}
    while waiting:
        at, number = heappop(waiting)
        if number not in tales:
            tales[number] = _opened(stage, decks, levels, number, at)
            stories[number] = WAYS[decks["way"].deal()](tales[number])
        tales[number].at = at
        later = next(stories[number], None)
        if later and later < stage.day:
            heappush(waiting, (later, number))


def _moments(stage: Stage) -> list[datetime]:
    """When each order is placed: spread over the days, between breakfast and bedtime."""
    living, dice = stage.living, Dice("moments")
    first, each = stage.day - timedelta(days=living.days), living.days / living.orders
    days = [timedelta(days=int(number * each)) for number in range(living.orders)]
    return [first + day + timedelta(minutes=dice.number(450, 1290)) for day in days]


def _opened(stage: Stage, decks: dict[str, Deck], levels: Deck, number: int, at: datetime) -> Tale:
    dice = Dice("tale", number)
    region, matter = stage.regions[decks["region"].deal()], decks["matter"].deal()
    order = placed(stage, region, matter, dice, at)
    return Tale(stage, region, matter, dice, levels, at, order)
