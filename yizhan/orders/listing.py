"""What the table of orders is narrowed to, in the words of its address."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Self
from urllib.parse import parse_qsl, urlencode

from django.db.models import Q

from yizhan.orders import waiting
from yizhan.orders.models import OrderQuerySet
from yizhan.orders.states import State

MANY = 1000
DUE = {"late": "超期", "today": "今天到期"}


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
