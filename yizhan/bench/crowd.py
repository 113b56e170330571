"""A crowd of other texts among which a matter has to be found again: invented, always the same.

Each is put together from a place, a thing with something about it, and the words people begin and
end with. None of the things is a matter of the labelled set, but places, beginnings and ends are
of the same kind, so that a text shares words with hundreds of others.
"""

import tomllib
from collections.abc import Sequence
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any

PARTS = Path(__file__).with_name("crowd.toml")
JOINTS = ("", "的", "那个", "")


def crowd(size: int) -> list[str]:
    """So many different texts, the same ones every time."""
    parts: dict[str, Any] = tomllib.loads(PARTS.read_text("utf-8"))
    things = [(thing, about) for thing, every in parts["things"].items() for about in every]
    texts: dict[str, None] = {}
    for number in count():
        if len(texts) == size:
            break
        dice = sha256(str(number).encode()).digest()
        thing, about = _drawn(things, dice[0:2])
        begin, place = _drawn(parts["beginnings"], dice[2:4]), _drawn(parts["places"], dice[4:6])
        joint, end = _drawn(JOINTS, dice[6:8]), _drawn(parts["ends"], dice[8:10])
        texts[f"{begin}{place}{joint}{thing}{about}{end}"] = None
    return list(texts)


def _drawn(of: Sequence[Any], dice: bytes) -> Any:
    return of[int.from_bytes(dice) % len(of)]
