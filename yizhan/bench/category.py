"""How well a category is suggested: each matter by what the other matters teach.

`python -m yizhan.bench.category` prints the table of docs/similar-texts.md; `--curve` what other
thresholds would bring. The words were written by who wrote the labelled set; the texts in
`tests/reading/later.jsonl` came after them, and only half of the second wave has never been used.
"""

import json
import sys
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from yizhan.reading.category import Example, Suggester, Suggestion, own_examples
from yizhan.reading.labelled import PARTS, Matter, matters

ROOT = Path(__file__).parents[2]
CATEGORIES = ROOT / "yizhan" / "routing" / "reference" / "categories.toml"
LATER = ROOT / "tests" / "reading" / "later.jsonl"
FOLDS = 10
WAVES = (
    "first later texts, then used to widen the words",
    "second later texts, for the thresholds",
    "second later texts, only counted",
)
STEPS = tuple(step / 10 for step in range(4, 30, 2))
HEAD = "| from | texts | answered | first right | one of two | all: first right | all: one of two |"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a text is, what was suggested, and what the likeliest was."""

    code: str
    suggested: tuple[Suggestion, ...]
    best: tuple[Suggestion, ...]


def names() -> list[Example]:
    """Names and hints of the product's categories as examples."""
    return [
        Example(f"{leaf['name']}，{group['name']}，{group['hint']}", leaf["code"], True)
        for group in tomllib.loads(CATEGORIES.read_text("utf-8"))["group"]
        for leaf in group.get("leaf", ())
    ]


def by_matter(with_cues: bool) -> dict[str, list[Answer]]:
    """The answers for each part; who suggests has never seen the matter in question."""
    answers: dict[str, list[Answer]] = {part: [] for part in PARTS}
    for number in range(FOLDS):
        out = [one for one in matters() if _fold(one) == number]
        known = {text for one in out for text in one.texts}
        taught = [one for one in own_examples() if one.text not in known]
        suggester = Suggester(taught + names(), with_cues=with_cues)
        for one in out:
            answers[one.part] += _answers(suggester, [(text, one.category) for text in one.texts])
    return answers


def later() -> dict[str, list[Answer]]:
    """The answers for the texts that were written when the words stood."""
    rows = [json.loads(line) for line in LATER.read_text("utf-8").splitlines()]
    suggester = Suggester(own_examples() + names())
    answers: dict[str, list[Answer]] = {name: [] for name in WAVES}
    for one in rows:
        even = sha256(one["text"].encode()).digest()[0] % 2 == 0
        name = WAVES[0] if one["wave"] == 1 else WAVES[1 if even else 2]
        answers[name] += _answers(suggester, [(one["text"], one["category"])])
    return answers


def _answers(suggester: Suggester, texts: Sequence[tuple[str, str]]) -> Iterator[Answer]:
    codes = [one.code for one in names()]
    for text, code in texts:
        best = suggester.scored(text, codes)[:2]
        yield Answer(code, tuple(suggester.suggest(text, codes)), tuple(best))


def _fold(one: Matter) -> int:
    return sha256(f"{one.name} fold".encode()).digest()[0] % FOLDS


def row(name: str, answers: Sequence[Answer]) -> str:
    """One row of the table: which share is answered, how rightly, and how without abstaining."""
    given = [one for one in answers if one.suggested]
    shares = (
        len(given) / len(answers),
        _share(_is_first(one.suggested, one.code) for one in given),
        _share(_is_in(one.suggested, one.code) for one in given),
        _share(_is_first(one.best, one.code) for one in answers),
        _share(_is_in(one.best, one.code) for one in answers),
    )
    cells = " | ".join("–" if share is None else f"{share:.3f}" for share in shares)
    return f"| {name} | {len(answers)} | {cells} |"


def _share(right: Iterable[bool]) -> float | None:
    every = list(right)
    return sum(every) / len(every) if every else None


def _is_first(suggested: Sequence[Suggestion], code: str) -> bool:
    return _is_in(suggested[:1], code)


def _is_in(suggested: Sequence[Suggestion], code: str) -> bool:
    return any(one.code == code for one in suggested)


def table() -> list[str]:
    """The figures as a table in Markdown."""
    lines = [HEAD, "|---|" + "---|" * 6]
    for label, with_cues in (("examples alone", False), ("examples and words", True)):
        for part, answers in by_matter(with_cues).items():
            lines.append(row(f"{label}, {part}", answers))
    return [*lines, *(row(name, answers) for name, answers in later().items())]


def curve() -> list[str]:
    """Of the texts for the thresholds past a score, how many have the right one in the two."""
    answers, lines = later()[WAVES[1]], []
    for step in STEPS:
        past = [one for one in answers if one.best and one.best[0].score >= step]
        right = _share(_is_in(one.best, one.code) for one in past) or 0
        lines.append(f"{step:.1f}  {right:.3f} of {len(past)}")
    return lines


if __name__ == "__main__":
    sys.stdout.write("\n".join(curve() if "--curve" in sys.argv else table()) + "\n")
