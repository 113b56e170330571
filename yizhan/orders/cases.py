"""What goes on beside an order: a dispute, a whistle, the pending list, a call-back.

The packages of these cases stand above `orders`, which does not know them. Each registers here in
its `AppConfig.ready()` what the page of an order says of it and what may be begun from there.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from yizhan.base.actor import Actor
from yizhan.orders.models import Order


@dataclass(frozen=True, slots=True)
class Card:
    """What is going on: a title, a tag with its tone, short lines, and the page of the case."""

    title: str
    tag: str
    tone: str
    lines: tuple[str, ...]
    url: str


@dataclass(frozen=True, slots=True)
class Door:
    """What this actor could begin: the words on the button, the page with the form, an icon."""

    label: str
    url: str
    icon: str


@dataclass(frozen=True, slots=True)
class Case:
    """One kind of case. What goes on and what may be begun is asked on every page of an order.

    Where its columns say that there is nothing, both answer without asking the database.

    `copy` is what the case keeps of its asker, label to text, for whoever asks for a copy. `erase`
    takes its words away when those of the order go, in the same transaction.

    `typing` names a page that is asked while somebody writes a new order, and answers with what
    they should know before they send it, or with nothing.
    """

    name: str
    cards: Callable[[Order, Actor, datetime], list[Card]]
    doors: Callable[[Order, Actor, datetime], list[Door]]
    copy: Callable[[Order], dict[str, str]] | None = None
    erase: Callable[[Order, Actor, datetime], object] | None = None
    typing: str = ""


CASES: dict[str, Case] = {}


def register(case: Case) -> None:
    """Make a kind of case known to the page of an order; a name is taken once."""
    if case.name in CASES:
        raise ValueError(f"a case named {case.name} is registered already")
    CASES[case.name] = case


def cards(order: Order, by: Actor, at: datetime) -> list[Card]:
    """What goes on beside this order, as far as this actor may know."""
    return [card for case in CASES.values() for card in case.cards(order, by, at)]


def doors(order: Order, by: Actor, at: datetime) -> list[Door]:
    """What this actor could begin from this order."""
    return [door for case in CASES.values() for door in case.doors(order, by, at)]


def typing() -> list[str]:
    """The names of the pages that are asked while somebody writes a new order."""
    return [case.typing for case in CASES.values() if case.typing]


def copies(order: Order) -> dict[str, str]:
    """What all cases beside this order keep of its asker."""
    kept: dict[str, str] = {}
    for case in CASES.values():
        kept |= case.copy(order) if case.copy else {}
    return kept


def erase(order: Order, by: Actor, at: datetime) -> None:
    """Take away the words of every case beside an order whose own words go."""
    for case in CASES.values():
        if case.erase:
            case.erase(order, by, at)
