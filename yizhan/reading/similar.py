"""Texts that are like a text: the same words, or with the optional model the same meaning.

Two lists, never one mixture of scores: what shares rare words and places, and what says the same in
other words. A hit tells which list it comes from and how alike it is there.
"""

import threading
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from yizhan.reading.grams import (
    BUCKETS,
    THINGS,
    Grams,
    Outdated,
    fingerprint,
    grams,
    stored_grams,
)
from yizhan.reading.labelled import matters
from yizhan.reading.meaning import meaning, stored_direction
from yizhan.reading.segments import NOTHING, Ids, Scores, Segment, joined, made

__all__ = ["Hit", "Index", "Outdated", "fingerprint", "is_current", "meaning"]

# From these scores on the likest text is more often about the same thing than not. Fixed on the
# development part of the labelled set, docs/similar-texts.md.
LIKELY_WORDS = 0.30
LIKELY_MEANING = 0.48

# What is not even shown as a faint likeness.
FAINT_WORDS = 0.08
FAINT_MEANING = 0.30

# How much more a rare gram tells than a common one, and a thing than a sign.
STEEPNESS = 1.5
THING = 2.5

Why = Literal["words", "meaning", "both"]


@dataclass(frozen=True, slots=True)
class Hit:
    """A stored text that is like the wanted one, and by which of the two lists."""

    id: int
    words: float
    meaning: float
    why: Why

    @property
    def score(self) -> float:
        """How alike it is in the list it comes from; of both, the meaning."""
        return self.words if self.why == "words" else self.meaning

    @property
    def is_likely(self) -> bool:
        """Whether one of the two likenesses is past its threshold: worth showing to a person."""
        return self.words >= LIKELY_WORDS or self.meaning >= LIKELY_MEANING


def is_current(stored: bytes) -> bool:
    """Whether a stored fingerprint or meaning is of the version that is used now."""
    for read in (stored_grams, stored_direction):
        try:
            read(stored)
        except Outdated:
            continue
        return True
    return False


class Index:
    """Stored texts by number, in memory, for one process; it may be shared between threads."""

    def __init__(self) -> None:
        """An index without texts."""
        self._lock = threading.RLock()
        self._segments: list[Segment] = []
        self._having = np.zeros(BUCKETS, np.int64)
        self._weights: Scores | None = None

    def __len__(self) -> int:
        """How many texts are in it."""
        return sum(len(segment) for segment in self._segments)

    def add(
        self,
        ids: Sequence[int],
        fingerprints: Sequence[bytes],
        meanings: Sequence[bytes | None],
    ) -> None:
        """Take in texts; one that is there already is replaced.

        Raises `Outdated` for a fingerprint of another version; a meaning of another version counts
        as none.
        """
        latest = {one: place for place, one in enumerate(ids)}
        places = list(latest.values())
        read = [stored_grams(fingerprints[place]) for place in places]
        directions = [_direction(meanings[place]) for place in places]
        with self._lock:
            self.remove(latest)
            if latest:
                self._append(made(list(latest), read, directions))

    def remove(self, ids: Iterable[int]) -> None:
        """Take out texts; what is not there is passed over."""
        gone = np.array(list(ids), np.int64)
        with self._lock:
            for segment in self._segments:
                self._having -= segment.drop(gone)
            self._weights = None

    def search(
        self,
        wanted: str | bytes,
        meant: bytes | None = None,
        *,
        k: int = 10,
        among: Collection[int] | None = None,
    ) -> list[Hit]:
        """The likest texts, at most `k`, the two lists by turns.

        `wanted` is a text, or a fingerprint with the meaning stored beside it. `among` are the only
        numbers that may be found.
        """
        if isinstance(wanted, str):
            meant = meaning(wanted) if meant is None else meant
            wanted = fingerprint(wanted)
        allowed = None if among is None else np.array(list(among), np.int64)
        with self._lock:
            found = self._scored(stored_grams(wanted), _direction(meant), allowed)
        return _united(*found, k)

    def _append(self, segment: Segment) -> None:
        """Put a segment last, and join the last ones while they are of a size."""
        self._having += np.bincount(segment.flat, minlength=BUCKETS)
        self._segments.append(segment)
        while len(self._segments) > 1 and len(self._segments[-2]) < 2 * len(self._segments[-1]):
            last = [self._segments.pop() for _ in range(2)]
            self._segments.append(joined(last[::-1]))
        self._weights = None

    def _scored(
        self, wanted: Grams, direction: NDArray[np.int8], among: Ids | None
    ) -> tuple[Ids, Scores, Scores]:
        weights = self._weighed()
        ids, words, meant = [np.empty(0, np.int64)], [np.empty(0, np.float32)], [NO_SCORES]
        for segment in self._segments:
            there = segment.candidates(among)
            ids.append(segment.ids[there])
            words.append(segment.words(wanted, weights)[there])
            meant.append(segment.meant(direction)[there])
        return np.concatenate(ids), np.concatenate(words), np.concatenate(meant)

    def _weighed(self) -> Scores:
        """How much each gram tells: the rarer it is among the texts, the more."""
        if self._weights is None:
            self._weights = rarity(self._having, len(self))
            for segment in self._segments:
                segment.weigh(self._weights)
        return self._weights


NO_SCORES = np.empty(0, np.float32)


@lru_cache(maxsize=1)
def _known() -> tuple[NDArray[np.int64], int]:
    """How many texts have each gram in general, so that a small index knows common words too."""
    texts = [text for one in matters() if one.part == "development" for text in one.texts]
    return np.bincount(np.concatenate([*map(grams, texts)]), minlength=BUCKETS), len(texts)


def rarity(having: NDArray[np.int64], texts: int) -> Scores:
    """What a gram weighs that so many of so many texts have; a thing weighs more than a sign."""
    known, of = _known()
    weights = (1 + np.log((1 + texts + of) / (1 + having + known))) ** STEEPNESS
    weights[THINGS:] *= THING
    return weights.astype(np.float32)


def _direction(stored: bytes | None) -> NDArray[np.int8]:
    try:
        return NOTHING if stored is None else stored_direction(stored)
    except Outdated:
        return NOTHING


def _united(ids: Ids, words: Scores, meant: Scores, k: int) -> list[Hit]:
    """The two lists by turns, what is in both once."""
    by_meaning, by_words = _best(ids, meant, FAINT_MEANING, k), _best(ids, words, FAINT_WORDS, k)
    both = set(by_meaning) & set(by_words)
    turns = dict.fromkeys(
        one for pair in zip_longest(by_meaning, by_words) for one in pair if one is not None
    )
    hits: list[Hit] = []
    for at in list(turns)[:k]:
        why: Why = "both" if at in both else "meaning" if at in by_meaning else "words"
        hits.append(Hit(int(ids[at]), float(words[at]), float(meant[at]), why))
    return hits


def _best(ids: Ids, scores: Scores, least: float, k: int) -> list[int]:
    """Places of the best scores from the least on; of equals the newer number first."""
    places = np.flatnonzero(scores >= least)
    if len(places) > k:
        places = places[scores[places] >= np.partition(scores[places], -k)[-k]]
    order = np.lexsort((-ids[places], -scores[places]))[:k]
    return [int(place) for place in places[order]]
