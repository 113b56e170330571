"""Words that stand in one record only, so that wherever one is read it is known whose it is."""

import io
import json
import re
from collections.abc import Iterable
from html import unescape
from typing import Any, NamedTuple
from zipfile import ZipFile

KINDS = (
    "WORD", "PLCE", "NAME", "REMK", "SBCK", "RATE", "BRIF", "PERS", "FILT", "BASE", "LAYR",
    "REGD", "WARD", "PAPR", "DREQ", "DANS", "FEED", "FANS", "RULE", "TMPL", "WHIS",
)  # fmt: skip
WORD = re.compile(rf"({'|'.join(KINDS)}|STAT)(\d{{3}})X")
NUMBER = re.compile(r"1390000(\d{4})")
MASKED = re.compile(r"139\*{4}(\d{4})")
PICTURE = b"\xff\xd8\xff"


class Mark(NamedTuple):
    """One thing about one record: `("WORD", 7)` are the words of the seventh."""

    kind: str
    number: int


def text(kind: str, number: int) -> str:
    """The mark as it is typed into a field."""
    return f"{kind}{number:03}X"


def phone(number: int) -> str:
    """A telephone number that is a mark itself."""
    return f"1390000{number:04}"


def content_of(answer: Any) -> str:
    """What an answer says, headers too, also in escapes and inside an office document."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if body[:2] == b"PK":
        with ZipFile(io.BytesIO(body)) as parts:
            body = b"\n".join(parts.read(name) for name in parts.namelist())
    said = body.decode("utf-8", "replace")
    if "json" in answer.headers.get("Content-Type", ""):
        said = json.dumps(json.loads(body), ensure_ascii=False)
    return unescape(said) + str(answer.headers)


class Reader:
    """Finds every mark in a text; codes and receipts are marks once they are told."""

    def __init__(self) -> None:
        self.codes: dict[str, Mark] = {}
        self.pattern = re.compile("$^")

    def knows(self, codes: Iterable[tuple[str, Mark]]) -> None:
        """Public codes and receipts, with whose they are; receipts also as they are printed."""
        self.codes |= dict(codes)
        self.pattern = re.compile("|".join(sorted(map(re.escape, self.codes))))

    def codes_of(self, mark: Mark) -> set[str]:
        """The codes that are this mark."""
        return {code for code, known in self.codes.items() if known == mark}

    def found(self, answer: Any) -> set[Mark]:
        """Every mark in an answer."""
        said = content_of(answer)
        found = {Mark(kind, int(number)) for kind, number in WORD.findall(said)}
        found |= {Mark("PHONE", int(number)) for number in NUMBER.findall(said)}
        found |= {Mark("MASKED", int(number)) for number in MASKED.findall(said)}
        return found | {self.codes[code] for code in self.pattern.findall(said)}
