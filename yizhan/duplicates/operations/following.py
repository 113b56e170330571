"""Keeping the vectors of orders: made after the orders' own steps, gone with their words.

All writing of vectors holds the counter of positions until it commits. So positions become
visible in their order, and who has read as far as one misses none below it.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from yizhan.base import chain
from yizhan.base.actor import Actor
from yizhan.base.steps import Follower
from yizhan.duplicates import queries, rules, shelves, vectors
from yizhan.duplicates.models import STREET_DIGITS, OrderVector, Pair
from yizhan.orders.models import Order
from yizhan.orders.operations.placing import CALL_ME
from yizhan.orders.states import ENDED, OPEN
from yizhan.reading.similar import Hit

NAME, COUNTER = "duplicates", "duplicates.rows"
CLOSEST = 6
COLUMNS = ["street", "position", "is_public", "made_by", "vector"]


@transaction.atomic
def follow(*, limit: int, by: Actor, at: datetime) -> int:
    """Read on in the chain and bring the vectors of the orders it tells of up to date; find what
    the new ones are like. Returns how many steps were read. Safe to repeat.
    """
    steps = chain.read_on(NAME, limit=limit)
    label = Order._meta.label_lower
    changed = sorted({step.subject_id for step in steps if step.subject_type == label})
    orders = Order.objects.with_names().select_related("category__parent").in_bulk(changed)
    known = queries.vectors_of(orders)
    fresh = [one for pk, one in orders.items() if pk not in known and _is_worth_keeping(one, at)]
    new = _new(fresh)
    kept = [*_changed(orders, known), *new]
    _number(kept)
    OrderVector.objects.bulk_create(
        kept, update_conflicts=True, unique_fields=["order"], update_fields=COLUMNS
    )
    _pair_up([row for row in new if row.order.state in OPEN], by, at)
    return len(steps)


def _is_worth_keeping(order: Order, at: datetime) -> bool:
    """Words of their own, and not over for so long that nobody would merge it."""
    if order.words is None or order.state not in (*OPEN, *ENDED):
        return False
    over = order.finished_at is not None and at - order.finished_at > rules.KEPT
    return not over and order.words.open() not in (CALL_ME, vectors.SAME)


def _changed(orders: dict[int, Order], known: dict[int, OrderVector]) -> list[OrderVector]:
    """The vectors whose order is now public or no longer, or has lost its words."""
    found = []
    for pk, vector in known.items():
        order = orders[pk]
        erased = order.words is None and vector.vector is not None
        if erased or vector.is_public != rules.is_public(order):
            vector.is_public = rules.is_public(order)
            vector.vector = None if order.words is None else vector.vector
            found.append(vector)
    return found


def _new(orders: Sequence[Order]) -> list[OrderVector]:
    made = vectors.made([order.words.open() for order in orders if order.words])
    return [
        OrderVector(
            order=order,
            street=order.region_code[:STREET_DIGITS],
            is_public=rules.is_public(order),
            made_by=vectors.made_by(),
            vector=vectors.packed(vector),
        )
        for order, vector in zip(orders, made, strict=True)
    ]


def _number(rows: Sequence[OrderVector]) -> None:
    """Give each row the next position."""
    Follower.objects.get_or_create(name=COUNTER)
    counter = Follower.objects.select_for_update().get(name=COUNTER)
    for number, row in enumerate(rows, counter.position + 1):
        row.position = number
    counter.position += len(rows)
    counter.save(update_fields=["position"])


def _pair_up(rows: Sequence[OrderVector], by: Actor, at: datetime) -> None:
    """Keep what each new order is like, once for each two."""
    hits = {row.pk: _closest(row, at) for row in rows}
    wanted = {hit.id for some in hits.values() for hit in some}
    found = Order.objects.with_names().in_bulk(list(wanted))
    for row in rows:
        for hit in hits[row.pk]:
            if (other := found.get(hit.id)) and rules.is_worth_telling(other):
                _keep_pair(row.order, other, hit, by, at)


def _closest(row: OrderVector, at: datetime) -> list[Hit]:
    shelf = shelves.ALL.of(row.street, at)
    words, meant = vectors.unpacked(row.vector.open())
    return [hit for hit in shelf.search(words, meant, k=CLOSEST) if hit.id != row.pk]


def _keep_pair(order: Order, other: Order, hit: Hit, by: Actor, at: datetime) -> None:
    same_place = _same_place(order, other)
    likeness = rules.Likeness(hit.is_likely, same_place, order.placed_at - other.placed_at)
    older, newer = sorted((order, other), key=lambda one: one.pk)
    if not rules.is_likely(likeness) or Pair.objects.filter(older=older, newer=newer).exists():
        return
    pair = Pair.objects.create(
        older=older,
        newer=newer,
        region_code=newer.region_code,
        why=hit.why,
        words=hit.words,
        meaning=hit.meaning,
        same_place=same_place,
        found_at=at,
    )
    pair.begin("found_alike", by=by, at=at, older=older.pk, newer=newer.pk)


def _same_place(order: Order, other: Order) -> bool:
    if order.place is None or other.place is None:
        return False
    place = vectors.bare(order.place.open())
    return bool(place) and place == vectors.bare(other.place.open())


@transaction.atomic
def forget_vector(*, order_ids: Iterable[int], by: Actor, at: datetime) -> int:
    """Take away what is kept of the words of these orders; returns of how many."""
    del by, at  # an act of the chain or of who forgets a person; both keep their own step
    kept = OrderVector.objects.filter(order__in=list(order_ids), vector__isnull=False)
    rows = list(kept.select_for_update())
    for row in rows:
        row.vector, row.is_public = None, False
    _number(rows)
    OrderVector.objects.bulk_update(rows, ["vector", "is_public", "position"])
    return len(rows)


@transaction.atomic
def renew(*, limit: int, by: Actor, at: datetime) -> int:
    """Make vectors of an earlier version of the engine anew from the words; returns how many."""
    del by, at  # nothing happened to the order
    old = OrderVector.objects.exclude(made_by=vectors.made_by()).filter(vector__isnull=False)
    rows = list(old.select_related("order").order_by("pk")[:limit])
    made = vectors.made([row.order.words.open() if row.order.words else "" for row in rows])
    for row, vector in zip(rows, made, strict=True):
        row.vector = vectors.packed(vector) if row.order.words else None
        row.made_by = vectors.made_by()
    _number(rows)
    OrderVector.objects.bulk_update(rows, ["vector", "made_by", "position"])
    return len(rows)
