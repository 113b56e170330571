"""Which category a text may belong to: at most two suggestions with a reason, or none.

Two things speak for a category: words of our list that stand in the text, and example texts that
are like it. Nothing is learned that cannot be shown; a person decides.
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from yizhan.reading.grams import BUCKETS, grams
from yizhan.reading.labelled import matters
from yizhan.reading.segments import NOTHING, made
from yizhan.reading.similar import rarity

CUES = Path(__file__).parent / "reference" / "cues.toml"

MOST = 2
# Below the first score nothing is suggested, from the second on it is clear enough for residents.
# Fixed on the texts that were written for it, docs/similar-texts.md.
LEAST = 1.0
CLEAR = 2.0
# The second is suggested when it has this part of the score of the first.
SECOND = 0.5
COMMON = 3.0  # what the mean likeness of all examples counts beside the best one
QUOTED = 18


@dataclass(frozen=True, slots=True)
class Example:
    """A text whose category is known. Only what is our own may be quoted to others."""

    text: str
    code: str
    may_quote: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A category, how much speaks for it, and why in words."""

    code: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Cues:
    """A pattern for every word of the list, and the categories each word speaks for."""

    pattern: re.Pattern[str]
    codes: dict[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def cues() -> Cues:
    """The list, read once; of two words at a place the longer counts."""
    codes: dict[str, tuple[str, ...]] = {}
    for code, line in tomllib.loads(CUES.read_text("utf-8")).items():
        for word in line.split():
            codes[word] = (*codes.get(word, ()), code)
    longest_first = sorted(codes, key=len, reverse=True)
    return Cues(re.compile("|".join(map(re.escape, longest_first))), codes)


def own_examples() -> list[Example]:
    """The texts of our own labelled set."""
    return [Example(text, one.category, True) for one in matters() for text in one.texts]


class Suggester:
    """Suggests categories from examples: made in a few hundredths of a second, the same always."""

    def __init__(self, examples: Iterable[Example], *, with_cues: bool = True) -> None:
        """Take in examples, at least one. Finished orders of a district may be among them."""
        self.examples = list(examples)
        self.with_cues = with_cues
        read = [grams(one.text) for one in self.examples]
        self._texts = made(range(len(read)), read, [NOTHING] * len(read))
        self._weights = rarity(np.bincount(self._texts.flat, minlength=BUCKETS), len(read))
        self._texts.weigh(self._weights)
        places: dict[str, list[int]] = defaultdict(list)
        for place, one in enumerate(self.examples):
            places[one.code].append(place)
        self._places = {code: np.array(every) for code, every in places.items()}

    def suggest(
        self, text: str, among: Collection[str], *, least: float = LEAST
    ) -> list[Suggestion]:
        """At most two of these categories, the likelier first; none when too little speaks."""
        scored = self.scored(text, among)[:MOST]
        if not scored or scored[0].score < least:
            return []
        return [one for one in scored if one.score >= SECOND * scored[0].score]

    def scored(self, text: str, among: Collection[str]) -> list[Suggestion]:
        """All of these categories for which anything speaks, the likeliest first."""
        likeness = self._texts.words(grams(text), self._weights)
        said = _said(text) if self.with_cues else {}
        every = [self._weighed(code, said.get(code, []), likeness) for code in among]
        return sorted((one for one in every if one.score), key=lambda one: (-one.score, one.code))

    def _weighed(self, code: str, words: list[str], likeness: NDArray[np.float32]) -> Suggestion:
        score = sum(_weight(word) for word in words)
        best = None
        if code in self._places:
            near = likeness[self._places[code]]
            score += float(near.max() + COMMON * near.mean())
            best = self.examples[self._places[code][near.argmax()]]
        return Suggestion(code, score, _reason(words, best))


def _said(text: str) -> dict[str, list[str]]:
    """The words of the list that stand in a text, by the category they speak for."""
    known = cues()
    said: dict[str, list[str]] = defaultdict(list)
    for word in dict.fromkeys(known.pattern.findall(text)):
        for code in known.codes[word]:
            said[code].append(word)
    return said


def _weight(word: str) -> float:
    """A longer word tells more; one that speaks for several categories tells less of each."""
    return float(len(word) ** 0.5) / len(cues().codes[word])


def _reason(words: list[str], best: Example | None) -> str:
    if words:
        return "提到" + "".join(f"「{word}」" for word in words[:MOST])
    if best is None or not best.may_quote:
        return "与办结过的同类事项相近"
    return f"与例句「{best.text[:QUOTED]}」相近"
