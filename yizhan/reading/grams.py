"""What a text is made of, as numbers: its characters, its pairs of neighbours, what it speaks of.

A gram is a bucket of `BUCKETS`, the same in every process and for ever, so that it may be stored.
Order and count are lost, but whoever has the grams can guess most of the words: what is made of a
sealed text is kept sealed too.
"""

import re
import unicodedata

import numpy as np
from numpy.typing import NDArray

from yizhan.reading.synonyms import things

Grams = NDArray[np.uint16]

VERSION = b"g1"
BUCKETS = 1 << 16
THINGS = BUCKETS - 256  # from here on a bucket is a thing of the list of synonyms
LONGEST = 2_000
BETWEEN = re.compile(r"[\W_]+")
BREAK = ord(" ")
SPREAD = np.uint64(0x9E3779B97F4A7C15)
KEEP = np.uint64(32)
PLACE = np.uint64(21)


class Outdated(ValueError):
    """What was stored was made by another version: it has to be made again from the text."""


def grams(text: str) -> Grams:
    """The grams of a text, each once, in ascending order. Only its first 2,000 signs are read."""
    plain = unicodedata.normalize("NFKC", text[:LONGEST]).lower()
    signs = np.frombuffer(BETWEEN.sub(" ", plain).encode("utf-32-le"), "<u4").astype(np.uint64)
    word = signs != BREAK
    pairs = (signs[:-1] << PLACE | signs[1:])[word[:-1] & word[1:]]
    mixed = np.concatenate([signs[word], pairs]) * SPREAD
    spoken = [THINGS + one for one in things(plain)]
    spread = (mixed >> KEEP) % np.uint64(THINGS)
    return np.unique(np.concatenate([spread, spoken]).astype(np.uint16))


def fingerprint(text: str) -> bytes:
    """The grams of a text in a form that can be stored: two bytes each after the version."""
    return VERSION + grams(text).astype("<u2").tobytes()


def stored_grams(fingerprint: bytes) -> Grams:
    """The grams of a fingerprint. Raises `Outdated` for one of another version."""
    if not fingerprint.startswith(VERSION):
        raise Outdated
    return np.frombuffer(fingerprint, "<u2", offset=len(VERSION)).astype(np.uint16)
