"""What is kept about persons, named once: the data map, the copy a person gets, and the forgetting.

Every domain that keeps personal data registers its holdings in its own `holdings.py`, which its
AppConfig imports. A sealed column that no holding names fails a test.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from django.utils.timezone import localtime

from yizhan.base.actor import Actor
from yizhan.base.sealed import Sealed
from yizhan.people.models import Person

Basis = Literal["duty", "consent"]
Rows = list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Holding:
    """One kind of personal data: what it is, what for, on which ground, for how long.

    `columns` are model fields as `orders.order.contact_phone`. `copy` gives what is kept about one
    person, label to text, one entry a record. `forget` takes away what tells who it was, keeps what
    is counted, and returns how many records it changed; None where another holding does it.
    `goes` and `stays` say in words what is deleted, and what remains and why. `holds` gives the
    sentences that say why a person cannot be forgotten yet, none when nothing stands in the way.
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
    goes: str = ""
    stays: str = ""
    holds: Callable[[Person, datetime], list[str]] | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """What somebody without an account left behind, found by the code on their receipt.

    `holding` is the code of the holding it belongs to. `find` gives the record of a code or None;
    the other functions take that record. `where` is the code of its region, `phone` the sealed
    number by which its owner can be told something.
    """

    name: str
    holding: str
    find: Callable[[str], Any]
    where: Callable[[Any], str]
    phone: Callable[[Any], Sealed | None]
    copy: Callable[[Any], Rows]
    forget: Callable[[Any, Actor, datetime], int]
    holds: Callable[[Any], list[str]]


HOLDINGS: dict[str, Holding] = {}
PAPERS: dict[str, Paper] = {}


def register(holdings: Iterable[Holding]) -> None:
    """Make holdings known. Raises ValueError when a code is there already."""
    for holding in holdings:
        if holding.code in HOLDINGS:
            raise ValueError(f"holding {holding.code!r} is registered twice")
        HOLDINGS[holding.code] = holding


def register_paper(kind: str, paper: Paper) -> None:
    """Make a kind of record known, by the label of its model. Raises ValueError when it is."""
    if kind in PAPERS:
        raise ValueError(f"paper {kind!r} is registered twice")
    PAPERS[kind] = paper


def minute(at: datetime | None) -> str:
    """A moment as a copy shows it: the district's own time, to the minute."""
    return f"{localtime(at):%Y-%m-%d %H:%M}" if at else ""
