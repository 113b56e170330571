"""What the table of orders is narrowed to, in the words of its address."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Self
from urllib.parse import parse_qsl, urlencode

from django.db.models import Q

from yizhan.orders import waiting
from yizhan.orders.models import Order, OrderQuerySet
from yizhan.orders.states import State

MANY = 1000
DUE = {"late": "超期", "today": "今天到期"}
COLUMNS = (
    "code", "state", "words", "placed_at", "finish_by",
    "category__name", "region__name", "unit__name",
)  # fmt: skip
NAMES = dict(State.choices)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A state, a category of the first or second level, and what the promise says; or any."""

    state: str = ""
    category: str = ""
    due: str = ""

    @classmethod
    def read(cls, words: Mapping[str, str]) -> Self:
        """What these words of an address ask for; words nobody knows ask for nothing."""
        state, due = words.get("state", ""), words.get("due", "")
        return cls(
            state=state if state in State.values else "",
            category=words.get("category", "").replace("\0", "")[:30],
            due=due if due in DUE else "",
        )

    @classmethod
    def parse(cls, query: str) -> Self:
        """The same from the query of an address."""
        return cls.read(dict(parse_qsl(query)))

    @property
    def query(self) -> str:
        """The query of the address, without what asks for nothing."""
        return urlencode({name: value for name, value in asdict(self).items() if value})


@dataclass(frozen=True, slots=True)
class Row:
    """One order as the table shows it."""

    address: str
    summary: str
    category: str
    region: str
    unit: str
    placed_at: datetime
    finish_by: datetime
    state: str
    tone: str

    @classmethod
    def of(cls, order: Order) -> Self:
        """The words for an order; its columns and names have been read."""
        return cls(
            address=order.get_absolute_url(),
            summary=order.summary,
            category=order.category.name,
            region=order.region.short_name,
            unit=order.unit.name if order.unit else "",
            placed_at=order.placed_at,
            finish_by=order.finish_by,
            state=NAMES[order.state],
            tone=order.tone,
        )


def with_columns(orders: OrderQuerySet) -> OrderQuerySet:
    """These orders, the newest first, with what the table shows and no more."""
    named = orders.select_related("category", "region", "unit")
    return named.only(*COLUMNS).order_by("-pk")


def narrowed(orders: OrderQuerySet, wanted: Wanted, at: datetime) -> OrderQuerySet:
    """These orders, narrowed to what is wanted."""
    if wanted.state:
        orders = orders.filter(state=wanted.state)
    if wanted.category:
        code = wanted.category
        orders = orders.filter(Q(category__parent__code=code) | Q(category__code=code))
    if wanted.due:
        orders = orders.filter(waiting.late(at) if wanted.due == "late" else waiting.due(at))
    return orders


def how_many(orders: OrderQuerySet) -> str:
    """How many there are, counted no further than a thousand: 「38」, 「1,000+」."""
    found = orders.order_by()[: MANY + 1].count()
    return f"{MANY:,}+" if found > MANY else f"{found:,}"
