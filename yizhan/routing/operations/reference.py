"""Loading the categories: from the product's file, and over it the district's own."""

import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction

from yizhan.regions.district import pack
from yizhan.routing.models import Category

SHIPPED = Path(__file__).resolve().parents[1] / "reference" / "categories.toml"


@transaction.atomic
def load_reference() -> int:
    """Create or update every category; run it as often as you like. Returns how many there are.

    A district's `categories.toml` in its pack replaces or adds categories by code.
    """
    groups = {row["code"]: row for row in _rows(SHIPPED)}
    groups |= {row["code"]: row for row in _rows(pack() / "categories.toml")}
    count = 0
    for position, row in enumerate(groups.values()):
        leaves = row.pop("leaf", [])
        group = _keep(row, parent=None, position=position)
        for place, leaf in enumerate(leaves):
            _keep(_inherited(leaf, row), parent=group, position=place)
        count += 1 + len(leaves)
    return count


def _inherited(leaf: dict[str, Any], group: dict[str, Any]) -> dict[str, Any]:
    """A leaf takes from its group what it does not say itself."""
    passed_on = {"icon", "skill", "handler", "needs_visit", "is_sensitive", "arrange_hours"}
    kept = {name: group[name] for name in passed_on | {"finish_days", "brief"} if name in group}
    return {**kept, "brief": leaf["name"], **leaf}


def _rows(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    rows: list[dict[str, Any]] = tomllib.loads(path.read_text("utf-8"))["group"]
    return rows


def _keep(row: dict[str, Any], *, parent: Category | None, position: int) -> Category:
    values = {**row, "brief": row.get("brief", row["name"]), "parent": parent, "position": position}
    code = values.pop("code")
    return Category.objects.update_or_create(code=code, defaults=values)[0]
