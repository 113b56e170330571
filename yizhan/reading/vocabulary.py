"""The words that tell a name, from our own list."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

LIST = Path(__file__).parent / "reference" / "names.toml"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Surnames, what given names are made of, and the words that stand around a name."""

    surnames: frozenset[str]
    compound: frozenset[str]
    given: frozenset[str]
    ordinary: frozenset[str]
    polite: tuple[str, ...]
    named: tuple[str, ...]
    persons: tuple[str, ...]
    titles: tuple[str, ...]
    follows: tuple[str, ...]


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The list, read once."""
    rows: dict[str, Any] = tomllib.loads(LIST.read_text("utf-8"))
    words = {name: tuple(text.split()) for name, text in rows.items()}
    letters = {name: frozenset("".join(words[name])) for name in ("surnames", "given")}
    return Vocabulary(
        surnames=letters["surnames"],
        given=letters["given"],
        compound=frozenset(words["compound"]),
        ordinary=frozenset(words["ordinary"]),
        polite=words["polite"],
        named=words["named"],
        persons=words["persons"],
        titles=words["titles"],
        follows=words["follows"],
    )
