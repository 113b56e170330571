"""Reading the `demo` folder of the district's pack. A pack need not have every file."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from yizhan.regions.district import pack


def table(name: str) -> dict[str, Any]:
    """One file of the pack's `demo` folder; empty when the pack has no such file."""
    path = pack() / "demo" / f"{name}.toml"
    return tomllib.loads(path.read_text("utf-8")) if path.exists() else {}


def read(name: str) -> list[dict[str, Any]]:
    """The rows of a file that holds one list."""
    rows: list[dict[str, Any]] = next(iter(table(name).values()), [])
    return rows


@dataclass(frozen=True, slots=True)
class Living:
    """How the living district is made: `living.toml` with `names.toml` and `phrases.toml`.

    `shares` and `levels` say how many of a hundred; `busy` how often a community is chosen, where
    every other one counts `USUAL`.
    """

    days: int
    orders: int
    members: int
    residents: int
    volunteers: int
    busy: Mapping[str, int]
    shares: Mapping[str, int]
    levels: Mapping[str, int]
    estates: Sequence[str]
    companies: Sequence[str]
    partners: Sequence[str]
    surnames: Sequence[str]
    given: Sequence[str]
    skills: Sequence[str]
    common: Mapping[str, list[str]]
    matters: Mapping[str, Mapping[str, Any]]


USUAL = 5


def living() -> Living | None:
    """The pack's living district, or None when the pack has only a cast."""
    rows = table("living")
    if not rows:
        return None
    names, phrases = table("names"), table("phrases")
    rows |= names | {"common": phrases["common"]}
    rows["matters"] = {row["category"]: row for row in phrases["matter"]}
    return Living(**rows)
