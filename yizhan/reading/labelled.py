"""Matters as residents put them, each in three ways: our own set, all of it invented.

It says what is like what (docs/similar-texts.md) and teaches the suggestion of a category. A matter
belongs to the part for development or to the part for tests, by a digest of its name, for ever.
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Literal

SET = Path(__file__).parent / "reference" / "civic.jsonl"

Part = Literal["development", "test"]
PARTS: tuple[Part, ...] = ("development", "test")


@dataclass(frozen=True, slots=True)
class Matter:
    """One matter: its category, three ways to put it, and texts that only sound like it."""

    name: str
    category: str
    texts: tuple[str, ...]
    near: tuple[str, ...]

    @property
    def part(self) -> Part:
        """Which part of the set it belongs to."""
        return PARTS[sha256(self.name.encode()).digest()[0] % 2]


@lru_cache(maxsize=1)
def matters() -> tuple[Matter, ...]:
    """The set, read once."""
    rows = map(json.loads, SET.read_text("utf-8").splitlines())
    return tuple(
        Matter(row["matter"], row["category"], tuple(row["texts"]), tuple(row["near"]))
        for row in rows
    )
