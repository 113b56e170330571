"""From which page somebody came, without anything that tells which record was open there."""

import re
from urllib.parse import urlsplit

from yizhan.base.codes import is_receipt, tidy

CODE = re.compile(r"[0-9A-HJKMNP-TV-Z]{10}")
HIDDEN = "…"
LONGEST = 100


def came_from(address: str) -> str:
    """The path of an address: no query, and `…` for every receipt, code of a record and number."""
    path = urlsplit(address).path if address.startswith(("http", "/")) else ""
    parts = [HIDDEN if _tells(part) else part for part in path.split("/")]
    return "/".join(parts)[:LONGEST]


def _tells(part: str) -> bool:
    return bool(CODE.fullmatch(part)) or part.isdigit() or is_receipt(tidy(part))
