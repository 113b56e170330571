"""Words that residents use for the same thing, from our own list."""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

LIST = Path(__file__).parent / "reference" / "synonyms.toml"


@dataclass(frozen=True, slots=True)
class Synonyms:
    """A pattern for every word, and the things each word may stand for, by number."""

    pattern: re.Pattern[str]
    things: dict[str, tuple[int, ...]]


@lru_cache(maxsize=1)
def synonyms() -> Synonyms:
    """The list, read once; of two words at a place the longer counts."""
    things: dict[str, tuple[int, ...]] = {}
    for number, line in enumerate(tomllib.loads(LIST.read_text("utf-8"))["groups"]):
        for word in line.split():
            things[word] = (*things.get(word, ()), number)
    longest_first = sorted(things, key=len, reverse=True)
    return Synonyms(re.compile("|".join(map(re.escape, longest_first))), things)


def things(text: str) -> set[int]:
    """The numbers of the things a text speaks of."""
    known = synonyms()
    return {one for word in known.pattern.findall(text) for one in known.things[word]}
