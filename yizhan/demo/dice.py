"""Chance that falls the same way every time: from words, not from the clock."""

from collections.abc import Mapping, Sequence
from hashlib import blake2b
from typing import TypeVar

Thing = TypeVar("Thing")


class Dice:
    """Numbers that look random and depend only on the words given and on how many were drawn."""

    def __init__(self, *seed: object) -> None:
        self._seed = "/".join(map(str, seed))
        self._drawn = 0

    def number(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        self._drawn += 1
        digest = blake2b(f"{self._seed}/{self._drawn}".encode(), digest_size=8).digest()
        return low + int.from_bytes(digest, "big") % (high - low + 1)

    def chance(self, percent: int) -> bool:
        """Whether something that happens so many times in a hundred happens now."""
        return self.number(1, 100) <= percent

    def one_of(self, things: Sequence[Thing]) -> Thing:
        """One of the things, each as likely."""
        return things[self.number(0, len(things) - 1)]

    def shuffled(self, things: Sequence[Thing]) -> list[Thing]:
        """All the things in another order."""
        left = list(things)
        for last in range(len(left) - 1, 0, -1):
            other = self.number(0, last)
            left[last], left[other] = left[other], left[last]
        return left


class Deck:
    """Cards dealt until none is left, then shuffled again: every kind comes as often as it says."""

    def __init__(self, kinds: Mapping[str, int], dice: Dice) -> None:
        self._cards = [kind for kind, count in kinds.items() for _ in range(count)]
        self._dice = dice
        self._left: list[str] = []

    def deal(self) -> str:
        """The next card."""
        if not self._left:
            self._left = self._dice.shuffled(self._cards)
        return self._left.pop()
