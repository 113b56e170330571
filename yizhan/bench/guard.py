"""How well personal data are found: precision and recall of each kind on the labelled sentences.

`python -m yizhan.bench.guard` prints the table of docs/privacy-guard.md; `--missed` lists what the
half for tuning gets wrong. The other half is held out, and the hard ones were written to defeat the
rules once they stood: both are only counted.
"""

import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from yizhan.reading.finding import LABELS, Kind
from yizhan.reading.personal import find

SET = Path(__file__).parents[2] / "tests" / "privacy" / "labelled.jsonl"
MARK = re.compile(r"\[(\w+)\|([^\]]+)\]")
HALVES = ("tune", "held", "hard")
Span = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One labelled sentence: what it says, and which personal data stand where."""

    half: str
    by: str
    text: str
    spans: frozenset[Span]


@dataclass(frozen=True, slots=True)
class Score:
    """How many are in the sentences, how many were found, how many of these rightly."""

    labelled: int
    found: int
    right: int

    @property
    def precision(self) -> float:
        """Which part of what was found is right."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Which part of what is there was found."""
        return self.right / self.labelled if self.labelled else 1.0


def sentences(path: Path = SET) -> list[Sentence]:
    """The labelled sentences."""
    rows = map(json.loads, path.read_text("utf-8").splitlines())
    return [_sentence(**row) for row in rows]


def _sentence(*, half: str, by: str, text: str) -> Sentence:
    plain, spans, end = "", set(), 0
    for mark in MARK.finditer(text):
        plain += text[end : mark.start()]
        spans.add((mark[1], len(plain), len(plain) + len(mark[2])))
        plain, end = plain + mark[2], mark.end()
    return Sentence(half, by, plain + text[end:], frozenset(spans))


def _seen(one: Sentence) -> frozenset[Span]:
    return frozenset((found.kind, found.start, found.end) for found in find(one.text))


def score(kind: Kind, among: Iterable[Sentence]) -> Score:
    """One kind over some sentences. Right is what is of the kind and begins and ends exactly so."""
    there, found = set(), set()
    for number, one in enumerate(among):
        there |= {(number, *span) for span in one.spans if span[0] == kind}
        found |= {(number, *span) for span in _seen(one) if span[0] == kind}
    return Score(len(there), len(found), len(there & found))


def table(every: list[Sentence]) -> list[str]:
    """The figures as rows of a table in Markdown."""
    lines = [
        "| kind | tuned on | precision | recall | held out | precision | recall "
        "| hard | precision | recall |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for kind, label in LABELS.items():
        cells = [f"{label} `{kind}`"]
        for half in HALVES:
            one = score(kind, [row for row in every if row.half == half])
            cells += [str(one.labelled), f"{one.precision:.3f}", f"{one.recall:.3f}"]
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def missed(every: list[Sentence]) -> Iterator[str]:
    """What is not found, or found and not there, in the half for tuning."""
    for one in every:
        wrong = _seen(one) ^ one.spans if one.half == "tune" else frozenset()
        for kind, start, end in sorted(wrong):
            what = "missed" if (kind, start, end) in one.spans else "not there"
            yield f"{what}: {kind} {one.text[start:end]} in {one.text}"


if __name__ == "__main__":
    lines = missed(sentences()) if "--missed" in sys.argv else table(sentences())
    sys.stdout.write("\n".join([*lines, ""]))
