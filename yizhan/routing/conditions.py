"""When a rule of the routing table holds: a small closed set of conditions, kept as data.

There is no language of expressions. A rule names some of these, and all it names must hold.
"""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from typing import Any

LEVELS = {"urgent": "急", "normal": "一般", "complex": "疑难"}
YES_OR_NO = {
    "needs_visit": ("要上门", "不用上门"),
    "is_sensitive": ("敏感事项", "不是敏感事项"),
    "outside_hours": ("办公时间以外点的单", "办公时间内点的单"),
}
NAMES = ("level", *YES_OR_NO, "station_type", "words")
MOST_WORDS = 20
LONGEST_WORD = 12


@dataclass(frozen=True, slots=True)
class Conditions:
    """What must hold beside category and region. Empty or None: whatever it is.

    `outside_hours` is about the moment the order was placed; `station_type` the code of the type
    of the station it was placed at; of `words` one at least stands in what was said.
    """

    level: str = ""
    needs_visit: bool | None = None
    is_sensitive: bool | None = None
    outside_hours: bool | None = None
    station_type: str = ""
    words: tuple[str, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """As the database keeps them: only what is named."""
        kept: dict[str, Any] = {
            name: getattr(self, name) for name in YES_OR_NO if getattr(self, name) is not None
        }
        if self.level:
            kept["level"] = self.level
        if self.station_type:
            kept["station_type"] = self.station_type
        if self.words:
            kept["words"] = list(self.words)
        return kept

    def in_words(self, types: Mapping[str, str] | None = None) -> list[str]:
        """Each condition in Chinese; `types` gives the names of station types by code."""
        said = [f"级别是{LEVELS[self.level]}"] if self.level else []
        for name, (yes, other) in YES_OR_NO.items():
            wanted = getattr(self, name)
            if wanted is not None:
                said.append(yes if wanted else other)
        if self.station_type:
            said.append(f"在{(types or {}).get(self.station_type, self.station_type)}点的单")
        if self.words:
            said.append(f"原话里有{'或'.join(f'「{word}」' for word in self.words)}")
        return said


ALWAYS = Conditions()


def read(data: object, types: Container[str]) -> tuple[Conditions, list[str]]:
    """The conditions that some data say, and in Chinese what of it is none. `types` are known."""
    if not isinstance(data, Mapping):
        return ALWAYS, ["条件读不出来"]
    faults = [f"没有「{name}」这种条件" for name in data if name not in NAMES]
    kept: dict[str, Any] = {}
    for name in YES_OR_NO:
        if name in data:
            kept[name] = data[name]
            if not isinstance(data[name], bool):
                faults.append(f"「{YES_OR_NO[name][0]}」只能是或不是")
    for name, known, what in (("level", LEVELS, "级别"), ("station_type", types, "驿站类型")):
        if name in data:
            kept[name] = data[name]
            if not isinstance(data[name], str) or data[name] not in known:
                faults.append(f"没有「{data[name]}」这种{what}")
    if "words" in data:
        words, wrong = _words(data["words"])
        faults += wrong
        kept["words"] = words
    return (ALWAYS, faults) if faults else (Conditions(**kept), [])


def _words(given: object) -> tuple[tuple[str, ...], list[str]]:
    if not isinstance(given, list | tuple) or not all(isinstance(one, str) for one in given):
        return (), ["原话里的词读不出来"]
    words = tuple(dict.fromkeys(one.strip() for one in given if one.strip()))
    if not 1 <= len(words) <= MOST_WORDS:
        return (), [f"原话里的词要有 1 至 {MOST_WORDS} 个"]
    long = [word for word in words if len(word) > LONGEST_WORD]
    return words, [f"「{long[0]}」太长，一个词最多 {LONGEST_WORD} 个字"] if long else []
