"""What personal data are used for, and the words people are told: read from data, not from code."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from yizhan.privacy.holdings import Basis

FILE = Path(__file__).with_name("reference") / "purposes.toml"
WARD = "ward"


@dataclass(frozen=True, slots=True)
class Words:
    """A text of the reference file as it is now, to be published as a version."""

    code: str
    name: str
    body: str
    effective: date
    asks_again: bool = False


@dataclass(frozen=True, slots=True)
class Purpose:
    """One use of personal data.

    `duty` is told and never asked; `consent` is asked first and ends when the person says so. A
    purpose of scope `ward` is agreed to by a guardian for one child.
    """

    code: str
    name: str
    icon: str
    basis: Basis
    data: str
    seen_by: str
    kept: str
    without: str
    sensitive: bool
    scope: Literal["person", "ward"] = "person"

    @property
    def is_asked(self) -> bool:
        return self.basis == "consent"


WORDS = {"body", "effective", "asks_again"}


def _words(row: dict[str, Any]) -> Words:
    kept = {name: row[name] for name in ("code", "name", "effective")}
    return Words(**kept, body=row["body"].strip(), asks_again=row.get("asks_again", False))


def _purpose(row: dict[str, Any]) -> Purpose:
    return Purpose(**{name: value for name, value in row.items() if name not in WORDS})


def read(path: Path = FILE) -> tuple[dict[str, Purpose], dict[str, Words]]:
    """The purposes of a file, and the words of its purposes and documents, by their codes."""
    file: dict[str, list[dict[str, Any]]] = tomllib.loads(path.read_text("utf-8"))
    written: Iterable[dict[str, Any]] = [*file["purpose"], *file["document"]]
    purposes = {row["code"]: _purpose(row) for row in file["purpose"]}
    return purposes, {row["code"]: _words(row) for row in written}


PURPOSES, SHIPPED = read()
ASKED = tuple(one for one in PURPOSES.values() if one.is_asked)
TOLD = tuple(one for one in PURPOSES.values() if not one.is_asked)
