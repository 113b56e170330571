"""What is kept of an order's words so that others like it are found: numbers instead of words.

Names, numbers and doors are taken out first: they say whose matter it is, not which.
"""

import re
from base64 import b64decode, b64encode
from collections.abc import Sequence

from yizhan.reading import meaning as meanings
from yizhan.reading.grams import VERSION as GRAMS
from yizhan.reading.personal import find
from yizhan.reading.similar import fingerprint

Vector = tuple[bytes, bytes | None]
SAME = "我也遇到这件事"
START = re.compile(r"[\W_]*([^\W\d_]{2,})")
DOOR = re.compile(r"\d{3,}")
BETWEEN = re.compile(r"[\W_]+")


def made_by() -> str:
    """The versions that vectors are made by now: `g1`, or `g1e1` where the model is installed."""
    return (GRAMS + (meanings.VERSION if meanings.installed() else b"")).decode()


def matter(text: str) -> str:
    """A text without the personal data in it, and without numbers as long as a door's."""
    parts, place = [], 0
    for one in find(text):
        parts += [text[place : one.start], " "]
        place = one.end
    return DOOR.sub(" ", "".join([*parts, text[place:]]))


def made(texts: Sequence[str]) -> list[Vector]:
    """The vectors of texts, in one go through the model where there is one."""
    plain = [matter(text) for text in texts]
    return list(zip(map(fingerprint, plain), meanings.meanings(plain), strict=True))


def packed(vector: Vector) -> str:
    """A vector as one text, to be sealed: whoever has the numbers can guess most of the words."""
    return ".".join(b64encode(part or b"").decode() for part in vector)


def unpacked(text: str) -> Vector:
    """The vector in such a text."""
    words, meant = (b64decode(part) for part in text.split("."))
    return words, meant or None


def street_word(place: str) -> str:
    """The name a place begins with, as far as the first number: 渭工路 of 渭工路 18 号院. Never a
    door: with it one could ask whether somebody at that door has asked for something.
    """
    found = START.match(place)
    return found[1] if found else ""


def bare(place: str) -> str:
    """A place without signs and blanks, to see whether two are the same."""
    return BETWEEN.sub("", place).lower()
