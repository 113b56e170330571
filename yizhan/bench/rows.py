"""Orders by COPY: as valid as those people place.

The whole history is there while an order is open, and for every tenth that is over.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.conf import settings
from django.db import connection, models, transaction
from psycopg import sql

from yizhan.base import chain, crypto
from yizhan.base.actor import Kind
from yizhan.base.codes import public_code, receipt_code
from yizhan.base.sealed import Sealed
from yizhan.base.steps import Step
from yizhan.bench.cast import Lane
from yizhan.clocks import rules as clock_rules
from yizhan.clocks.allowances import DAYS
from yizhan.clocks.models import Clock
from yizhan.demo.data import read
from yizhan.orders.models import CONTACT, RECEIPT, Order
from yizhan.orders.states import OPEN, TRIAGE, Source, State
from yizhan.places.models import Station
from yizhan.regions.district import profile
from yizhan.routing.models import Category

WITH_STEPS = 10
BATCH = 5_000
LEAST_OPEN = 300
APART = timedelta(minutes=7)
DAY = timedelta(days=1)
PATH = (
    (State.PLACED, "placed"),
    (State.RECEIVED, "admitted"),
    (State.DISPATCHED, "dispatched"),
    (State.ACCEPTED, "accepted"),
    (State.FINISHED, "finished"),
    (State.RATED, "rated"),
)
PLACE = [state for state, _ in PATH]
STILL_OPEN = (*PLACE[:5], State.ASKING)
Row = dict[str, Any]


def open_of(count: int) -> int:
    """How many of so many orders are not over: a twentieth, at least 300, at most half."""
    return min(max(count // 20, LEAST_OPEN), count // 2)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked, sealed once and written many times."""

    category: Category
    words: bytes
    place: bytes
    name: bytes
    phone: bytes


def wishes() -> list[Wish]:
    """The words of the demo's orders, and nobody's telephone number."""
    categories = {category.code: category for category in Category.objects.current()}
    return [
        Wish(
            category=categories[row["category"]],
            words=crypto.seal(row["words"], use="order.words"),
            place=crypto.seal(row.get("place") or row["words"][:6], use="order.place"),
            name=crypto.seal(row["words"][:1], use="order.contact_name"),
            phone=crypto.seal("13800000000", use=CONTACT),
        )
        for row in read("orders")
        if row["category"] in categories
    ]


def fill(lanes: Sequence[Lane], count: int, at: datetime) -> int:
    """Add orders until there are `count`, the open ones newest; returns how many were added."""
    there = Order.objects.count()
    if there >= count:
        return 0
    last = Order.objects.aggregate(last=models.Max("pk"))["last"] or 0
    still_open = Order.objects.filter(state__in=[*OPEN, State.FINISHED]).count()
    more = max(0, open_of(count) - still_open)
    copy(Order, _orders(lanes, count - there, more, at))
    added = Order.objects.filter(pk__gt=last).order_by("pk")
    told = [  # a list: the connection cannot read while it copies
        order
        for number, order in enumerate(added.iterator(chunk_size=2000))
        if order.state != State.RATED or not number % WITH_STEPS
    ]
    copy(Step, _steps(told, lanes))
    copy(Clock, _clocks([order for order in told if order.state in OPEN]))
    while chain.seal_waiting(at=at):
        pass
    return count - there


def waiting_for(lane: Lane, count: int, at: datetime) -> None:
    """So many more orders of one community that its past unit has and nobody has taken."""
    asked, path = wishes(), State.DISPATCHED
    copy(
        Order,
        (
            {
                **_asked(number, lane, asked[number % len(asked)], at - APART * number),
                **_done(number, lane, path, at - APART * number),
                "station_id": None,
            }
            for number in range(count)
        ),
    )


def bare(lanes: Sequence[Lane], count: int, at: datetime) -> None:
    """Add so many orders without their history, for measuring what reads none."""
    copy(Order, _orders(lanes, count, open_of(count), at))


def _orders(lanes: Sequence[Lane], count: int, more: int, at: datetime) -> Iterator[Row]:
    asked = wishes()
    stations = {station.region_id: station.pk for station in Station.objects.listed()}
    for number in range(count):
        left = count - number
        state = STILL_OPEN[number % len(STILL_OPEN)] if left <= more else State.RATED
        lane = lanes[number * 7919 % len(lanes)]
        wish = asked[number * 31 % len(asked)]
        yield {
            **_asked(number, lane, wish, at - APART * left),
            **_done(number, lane, state, at - APART * left),
            "station_id": stations.get(lane.region.pk) if number % 3 else None,
        }


def _asked(number: int, lane: Lane, wish: Wish, at: datetime) -> Row:
    """What whoever asks has left; every tenth came over the counter, without an account."""
    receipt = receipt_code()
    counter = number % 10 == 0
    return {
        "code": public_code(),
        "source": Source.WALK_IN if counter else Source.PHONE_PAGE,
        "category_id": wish.category.pk,
        "brief": wish.category.brief,
        "region_id": lane.region.pk,
        "region_code": lane.region.code,
        "author_id": None if counter else lane.residents[number % len(lane.residents)].pk,
        "entered_by_id": lane.clerk.pk if counter else None,
        "contact_name": wish.name,
        "contact_phone": wish.phone,
        "words": wish.words,
        "place": wish.place,
        "receipt": Sealed.of(receipt, use=RECEIPT).raw,
        "receipt_index": crypto.index(receipt, use=RECEIPT),
        "placed_at": at,
        "arrange_by": at + DAY,
        "finish_by": at + 5 * DAY,
        "round": 1,
    }


def _done(number: int, lane: Lane, state: State, at: datetime) -> Row:
    """How far it has come."""
    far = PLACE.index(state) if state in PLACE else 1
    taken, over = far >= PLACE.index(State.ACCEPTED), far >= PLACE.index(State.FINISHED)
    people = lane.past_members
    return {
        "state": state,
        "version": far + 1,
        "unit_id": lane.past.pk if far >= PLACE.index(State.DISPATCHED) else None,
        "pool": far >= PLACE.index(State.DISPATCHED),
        "handler_id": people[number % len(people)].pk if taken else None,
        "door_word": "",
        "asked_from": State.RECEIVED if state == State.ASKING else "",
        "finished_at": at + 2 * DAY if over else None,
    }


def _steps(orders: Iterable[Order], lanes: Sequence[Lane]) -> Iterator[Row]:
    clerks = {lane.region.code: lane.clerk.pk for lane in lanes}
    for order in orders:
        path = PATH[: order.version]
        if order.state == State.ASKING:
            path = (PATH[0], (State.ASKING, "asked"))
        for seq, (state, kind) in enumerate(path, 1):
            actor = _actor(kind, order, clerks)
            yield {
                "subject_type": Order._meta.label_lower,
                "subject_id": order.pk,
                "seq": seq,
                "kind": kind,
                "version": Order.FACTS_VERSION,
                "district": settings.DISTRICT,
                "region_code": order.region_code,
                "actor_kind": Kind.PERSON if actor else Kind.RECEIPT,
                "actor_id": actor,
                "via": "page",
                "at": order.placed_at + timedelta(hours=seq),
                "facts": json.dumps({"to": state}),
            }


def _clocks(orders: Sequence[Order]) -> Iterator[Row]:
    """What was promised: arranging, until a unit has it, and the end."""
    names = [field.attname for field in Clock._meta.concrete_fields if not field.primary_key]
    hours = profile().office_hours
    for order in orders:
        for kind, due_at in (("arrange", order.arrange_by), ("resolve", order.finish_by)):
            clock = Clock(
                subject_type=Order._meta.label_lower,
                subject_id=order.pk,
                kind=kind,
                round=order.round,
                amount=5,
                unit=DAYS,
                started_at=order.placed_at,
            )
            if kind == "arrange" and order.state not in TRIAGE:
                clock.met_at = order.placed_at
            clock_rules.set_due(clock, due_at, hours)
            yield {name: getattr(clock, name) for name in names}


def _actor(kind: str, order: Order, clerks: dict[str, int]) -> int | None:
    if kind in ("placed", "rated"):
        return order.author_id or order.entered_by_id
    return order.handler_id if kind in ("accepted", "finished") else clerks[order.region_code]


def copy(model: type[models.Model], rows: Iterable[Row]) -> None:
    """Write the rows in streams. Constraints and triggers hold as for any other row.

    A trigger with an exception block costs the more the more rows its transaction has.
    """
    rows = iter(rows)
    while some := list(islice(rows, BATCH)):
        with transaction.atomic():
            _stream(model, some)


def _stream(model: type[models.Model], rows: Sequence[Row]) -> None:
    names = {field.attname: field.column for field in model._meta.concrete_fields}
    columns = sql.SQL(", ").join(sql.Identifier(str(names[name])) for name in rows[0])
    table = sql.Identifier(model._meta.db_table)
    with (
        connection.cursor() as cursor,
        cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(table, columns)) as stream,
    ):
        for row in rows:
            stream.write_row(list(row.values()))
