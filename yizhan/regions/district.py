"""What a district's pack says of itself: names, office hours, phones. Nothing of it is in code."""

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Filing:
    """What the owner says of itself for the filing pack; empty where it has not yet.

    `purpose` and `necessity` take the place of the product's own sentences.
    """

    owner: str = ""
    owner_contact: str = ""
    owner_phone: str = ""
    filing_contact: str = ""
    filing_phone: str = ""
    purpose: str = ""
    necessity: str = ""


@dataclass(frozen=True, slots=True)
class Measures:
    """What a district chooses where a metric leaves a choice.

    `partly` is how much of a case 解决了一部分 counts, 0 to 1; `levels` how much each of the five
    words of 好差评 counts, the best first; `parts` the weights of the three rates, in percent.
    """

    partly: Decimal = Decimal(0)
    levels: tuple[Decimal, ...] = (Decimal(1), Decimal(1), Decimal(1), Decimal(0), Decimal(0))
    parts: tuple[int, ...] = (30, 35, 35)

    def __post_init__(self) -> None:
        shares = (self.partly, *self.levels)
        if len(self.levels) != 5 or not all(0 <= share <= 1 for share in shares):
            raise ValueError("district.toml [metrics]: partly and five levels lie from 0 to 1")
        if len(self.parts) != 3 or min(self.parts) < 0 or sum(self.parts) != 100:
            raise ValueError("district.toml [metrics]: three parts make 100")


@dataclass(frozen=True, slots=True)
class District:
    """The district's `district.toml`.

    `office_hours` are pairs of "HH:MM" on working days, Beijing time. `map_review` is the 审图号;
    public maps show administrative boundaries only when it is set.
    """

    code: str
    name: str
    city: str
    brand: str
    phone: str
    office_hours: tuple[tuple[str, str], ...]
    map_review: str
    cockpit_label: str
    centre: tuple[float, float]
    filing: Filing
    measures: Measures = Measures()


def _measures(row: dict[str, Any]) -> Measures:
    kept: dict[str, Any] = {}
    if "partly" in row:
        kept["partly"] = Decimal(str(row["partly"]))
    if "levels" in row:
        kept["levels"] = tuple(Decimal(str(one)) for one in row["levels"])
    if "parts" in row:
        kept["parts"] = tuple(row["parts"])
    return Measures(**kept)


def pack() -> Path:
    """The folder of the district's data pack."""
    folder: Path = settings.PACKS / settings.DISTRICT
    return folder


@lru_cache(maxsize=4)
def _read(path: Path) -> District:
    row: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    return District(
        code=row["code"],
        name=row["name"],
        city=row["city"],
        brand=row["brand"],
        phone=row["phone"],
        office_hours=tuple((start, end) for start, end in row["office_hours"]),
        map_review=row.get("map_review", ""),
        cockpit_label=row.get("cockpit_label", "全区运行"),
        centre=(row["centre"][0], row["centre"][1]),
        filing=Filing(**row.get("filing", {})),
        measures=_measures(row.get("metrics", {})),
    )


def profile() -> District:
    """The district this installation serves."""
    return _read(pack() / "district.toml")
