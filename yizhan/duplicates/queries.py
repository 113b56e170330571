"""What is like an order or like a text: for residents without anything of others, and for staff."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils.timezone import localdate

from yizhan.base.actor import Actor
from yizhan.duplicates import rules, shelves, vectors
from yizhan.duplicates.models import STREET_DIGITS, OrderVector, Pair
from yizhan.duplicates.tokens import order_id_of, token_of
from yizhan.orders.models import ERASED, Order, OrderQuerySet
from yizhan.orders.screens import PLAIN
from yizhan.orders.states import OPEN, TRIAGE, State
from yizhan.regions.models import Region

WIDE = 40
PAGE = 30


@dataclass(frozen=True, slots=True)
class Same:
    """An order as somebody who has nothing to do with it may know of it."""

    token: str
    about: str
    area: str
    state: str
    placed_date: date


def public() -> OrderQuerySet:
    """The orders of which a resident may be told that they are there: what `is_public` says."""
    found = Order.objects.switched_on().filter(state__in=OPEN, main=None)
    plain = Q(category__parent=None) | Q(category__parent__is_sensitive=False)
    return found.filter(plain, category__is_sensitive=False)


def same_as(
    words: str, region: Region, place: str, by: Actor, at: datetime, *, but: int = 0
) -> list[Same]:
    """At most three matters that somebody has brought already and that these words are about.

    Of the same community; of the same street where the place begins with the same name. Not the
    asker's own, and not the order `but`.
    """
    if len(words.strip()) < rules.LEAST_WORDS or words.strip() == vectors.SAME:
        return []
    shelf = shelves.PUBLIC.of(region.code[:STREET_DIGITS], at)
    likely_ones = [hit.id for hit in shelf.search(vectors.matter(words), k=WIDE) if hit.is_likely]
    if not likely_ones:
        return []
    others = public().filter(pk__in=likely_ones).exclude(author=by.person_id or 0)
    found = _named(others).in_bulk()
    near = [found[pk] for pk in likely_ones if pk in found and _is_near(found[pk], region, place)]
    return [shown(order, at) for order in near if order.pk != but][: rules.MOST_SHOWN]


def _named(orders: OrderQuerySet) -> OrderQuerySet:
    return orders.with_names().select_related("category__parent")


def _is_near(order: Order, region: Region, place: str) -> bool:
    if order.region_code == region.code:
        return True
    wanted = vectors.street_word(place)
    return bool(wanted and order.place) and vectors.street_word(order.place.open()) == wanted


def shown(order: Order, at: datetime) -> Same:
    """The little that others may know of an order: category, rough area, state, day."""
    return Same(
        token=token_of(order.pk, at),
        about=order.category.name,
        area=order.rough_area,
        state=PLAIN[State(order.state)],
        placed_date=localdate(order.placed_at),
    )


def same_as_order(order: Order, by: Actor, at: datetime) -> list[Same]:
    """The same for an order just placed: what others have brought before."""
    place = order.place.open() if order.place else ""
    words = order.words.open() if order.words else ""
    return same_as(words, order.region, place, by, at, but=order.pk)


def of_token(token: str, at: datetime) -> Order | None:
    """The order that somebody was shown, as it stands now."""
    pk = order_id_of(token, at)
    shown_ones = Order.objects.switched_on().filter(pk=pk or 0).with_names()
    return shown_ones.select_related("category__parent").first()


def likely(order: Order, by: Actor, at: datetime) -> list[Pair]:
    """What may be about the same as this order, for who triages both; surest first."""
    pairs = Pair.objects.visible_to(by, at).of(order).with_orders().order_by("-found_at", "-pk")
    return [one for one in pairs[:PAGE] if rules.is_worth_telling(one.other(order))]


def folded_into(order: Order) -> list[Order]:
    """The orders that were merged into this one, oldest first."""
    merged = Order.objects.filter(main=order, state=State.MERGED).with_names()
    return list(merged.order_by("pk"))


@dataclass(frozen=True, slots=True)
class Page:
    """One page of pairs, and the number after which the next begins."""

    pairs: list[Pair]
    after: int | None


def alike(by: Actor, at: datetime, *, before: int | None) -> Page:
    """The pairs this actor could merge, the newest first."""
    pairs = Pair.objects.visible_to(by, at).to_merge().with_orders().order_by("-pk")
    rows = list((pairs.filter(pk__lt=before) if before else pairs)[: PAGE + 1])
    return Page(rows[:PAGE], rows[PAGE - 1].pk if len(rows) > PAGE else None)


def vectors_of(orders: Iterable[int]) -> dict[int, OrderVector]:
    """The vectors of these orders, as far as there are any."""
    return OrderVector.objects.in_bulk(list(orders))


@dataclass(frozen=True, slots=True)
class Side:
    """One order beside another: what it says, why it is here, and what it could be."""

    order: Order
    words: str
    place: str
    pair: Pair | None
    may_be_main: bool
    may_go_in: bool


def beside(order: Order, pairs: list[Pair], more: list[Order]) -> list[Side]:
    """The order itself first, then those like it, then others that somebody named."""
    found = {pair.other(order).pk: (pair.other(order), pair) for pair in pairs}
    rows: list[tuple[Order, Pair | None]] = [(order, None), *found.values()]
    rows += [(one, None) for one in more if one.pk not in found and one.pk != order.pk]
    return [_side(one, pair) for one, pair in rows]


def _side(order: Order, pair: Pair | None) -> Side:
    return Side(
        order=order,
        words=order.words.open() if order.words else ERASED,
        place=order.place.open() if order.place else "",
        pair=pair,
        may_be_main=order.state in OPEN and order.main_id is None,
        may_go_in=order.state in TRIAGE and not order.joined,
    )


def named(code: str, order: Order, by: Actor, at: datetime) -> list[Order]:
    """The order with this code in the same street, where the actor triages it."""
    street = order.region_code[:STREET_DIGITS]
    seen = Order.objects.visible_to(by, at).filter(region_code__startswith=street)
    found = seen.filter(code=code, region_code__startswith=by.area or "-").with_names()
    return list(found) if code else []


def pair_of(order: Order, code: str, by: Actor, at: datetime) -> Pair | None:
    """The pair of this order and the one with a code, for who triages both."""
    pairs = Pair.objects.visible_to(by, at).of(order)
    return pairs.filter(Q(older__code=code) | Q(newer__code=code)).first()
