"""Which category an order may belong to, from its words alone. A person takes it or leaves it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from yizhan.orders.models import Order
from yizhan.routing.models import Category
from yizhan.routing.queries import FALLBACK

if TYPE_CHECKING:
    from yizhan.reading.category import Suggester

# The code, what it is called, and the words around it.
Named = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Suggested:
    """A category, the brief it would give the order, and why in words."""

    category: Category
    brief: str
    reason: str


def for_staff(order: Order) -> list[Suggested]:
    """At most two kinds within the group that the asker chose; none once a kind is known."""
    if order.category.parent_id or not order.words:
        return []
    leaves = [leaf for leaf in Category.objects.leaves() if leaf.parent and _known(leaf)]
    within = [leaf for leaf in leaves if leaf.parent_id == order.category_id]
    wanted = {leaf.code: leaf for leaf in within or leaves}
    found = _suggester(_named(leaves)).suggest(order.words.open(), wanted)
    unwritten = order.brief == order.category.brief
    return [
        Suggested(
            category=wanted[one.code],
            brief=wanted[one.code].brief if unwritten else order.brief,
            reason=one.reason,
        )
        for one in found
    ]


def for_residents(words: str) -> list[Category]:
    """At most two groups that the words clearly speak of, none of them sensitive."""
    from yizhan.reading.category import CLEAR

    leaves = [leaf for leaf in Category.objects.leaves() if leaf.parent and _known(leaf)]
    may_see = {leaf.code: leaf for leaf in leaves if _is_open(leaf)}
    found = _suggester(_named(leaves)).suggest(words, may_see, least=CLEAR)
    groups = [may_see[one.code].parent for one in found]
    return list(dict.fromkeys(group for group in groups if group is not None))


def _known(leaf: Category) -> bool:
    return leaf.parent is not None and leaf.parent.code != FALLBACK


def _is_open(leaf: Category) -> bool:
    return not leaf.is_sensitive and leaf.parent is not None and not leaf.parent.is_sensitive


def _named(leaves: Iterable[Category]) -> tuple[Named, ...]:
    return tuple(
        (leaf.code, f"{leaf.name}，{leaf.parent.name}，{leaf.parent.hint}")
        for leaf in leaves
        if leaf.parent
    )


@lru_cache(maxsize=2)
def _suggester(named: tuple[Named, ...]) -> "Suggester":
    """Made once a process, when the first page asks; loading numbers costs some tenths of a second.

    Our own examples count for the categories of the same code; others know their names alone.
    """
    from yizhan.reading.category import Example, Suggester, own_examples

    names = [Example(text, code, may_quote=True) for code, text in named]
    return Suggester([*own_examples(), *names])
