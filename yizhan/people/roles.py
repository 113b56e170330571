"""The roles a post can carry, and what each may do: read from data, never written in a view."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

FILE = Path(__file__).with_name("reference") / "roles.toml"


@dataclass(frozen=True, slots=True)
class Role:
    """One line of the permission matrix.

    `reach` says what the post's unit stands for: `region` (every record in its region), `unit`
    (what was given to the unit), or `none`. `powers` are `<module>.<what>`. `phone` says how a
    telephone number is seen: `read` (logged), `reason` (unmasked with a written reason), `masked`,
    `accepted` (only for work one has accepted), `never`. `staff` roles sign in with a second factor
    and are signed out when idle; volunteers are residents who help.
    """

    code: str
    name: str
    reach: Literal["region", "unit", "none"]
    phone: Literal["read", "reason", "masked", "accepted", "never"]
    powers: frozenset[str]
    staff: bool = True


def _load() -> dict[str, Role]:
    rows = tomllib.loads(FILE.read_text("utf-8"))["role"]
    return {
        row["code"]: Role(
            code=row["code"],
            name=row["name"],
            reach=row["reach"],
            phone=row["phone"],
            powers=frozenset(row["powers"]) | {f"phone.{row['phone']}"},
            staff=row.get("staff", True),
        )
        for row in rows
    }


ROLES = _load()
