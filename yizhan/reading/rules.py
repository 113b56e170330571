"""What may be shown to people outside the case."""

from collections.abc import Iterable, Mapping
from typing import Any

from yizhan.base.verdict import YES, Verdict, no
from yizhan.reading.finding import Finding
from yizhan.reading.personal import find

# Why something that was found is shown all the same; the code is kept in the step.
REASONS: dict[str, str] = {
    "office": "单位的公开信息，如值班电话",
    "agreed": "本人同意公开，留有书面记录",
    "mistaken": "认错了，不是个人信息",
}
NOTHING_KEPT: Mapping[str, str] = {}


def can_show(texts: Iterable[str], kept: Mapping[str, str]) -> Verdict:
    """Texts that others will read hold no personal data but what is kept for a known reason.

    `kept` gives the code of a reason for each piece of text that stays as it is.
    """
    for text in texts:
        for one in find(text):
            if kept.get(text[one.start : one.end]) not in REASONS:
                return no(
                    "personal_data",
                    f"写到了{one.label}，别人会看到。请先看公开的样子，遮住它，或说明为什么要公开",
                )
    return YES


def kept_facts(texts: Iterable[str], kept: Mapping[str, str]) -> dict[str, Any]:
    """What the step says of it: kinds and reasons, never the text. Nothing when nothing is kept."""
    codes = [_code(text, one, kept) for text in texts for one in find(text)]
    return {"kept": sorted(set(codes))} if codes else {}


def _code(text: str, one: Finding, kept: Mapping[str, str]) -> str:
    return f"{one.kind}:{kept[text[one.start : one.end]]}"
