"""What is kept about persons, named once: the data map, the copy a person gets, and the forgetting.

Every domain that keeps personal data registers its holdings in its own `holdings.py`, which its
AppConfig imports. A sealed column that no holding names fails a test.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from yizhan.base.actor import Actor
from yizhan.people.models import Person

Basis = Literal["duty", "consent"]
Rows = list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Holding:
    """One kind of personal data: what it is, what for, on which ground, for how long.

    `columns` are model fields as `orders.order.contact_phone`. `copy` gives what is kept about one
    person, label to text, one entry a record. `forget` takes away what tells who it was, keeps what
    is counted, and returns how many records it changed; None where another holding does it.
    """

    code: str
    name: str
    purpose: str
    basis: Basis
    kept: str
    columns: tuple[str, ...]
    copy: Callable[[Person], Rows]
    forget: Callable[[Person, Actor, datetime], int] | None = None
    sensitive: bool = False
    shared_with: tuple[str, ...] = field(default=())


HOLDINGS: dict[str, Holding] = {}


def register(holdings: Iterable[Holding]) -> None:
    """Make holdings known. Raises ValueError when a code is there already."""
    for holding in holdings:
        if holding.code in HOLDINGS:
            raise ValueError(f"holding {holding.code!r} is registered twice")
        HOLDINGS[holding.code] = holding
