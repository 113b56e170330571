"""双考核: after the end both sides say once what they think of the other."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from yizhan.base.actor import Actor
from yizhan.base.verdict import Refused
from yizhan.reading.rules import NOTHING_KEPT, can_show, kept_facts
from yizhan.whistles import rules
from yizhan.whistles.models import Assessment, Call


@transaction.atomic
def assess_call(
    *,
    call: Call,
    levels: Mapping[str, int],
    words: str,
    kept: Mapping[str, str] = NOTHING_KEPT,
    by: Actor,
    at: datetime,
) -> Call:
    """The street on a unit: 到场, 配合, 结果."""
    call, side = Call.objects.lock(call), Assessment.Side.STREET
    rules.can_assess_call(call, by, given=_given(call, side), at=at).or_refuse()
    facts = _keep(call, side, levels, words, kept, at)
    call.note("assessed_call", by=by, at=at, **facts)
    return call


@transaction.atomic
def assess_whistle(
    *,
    call: Call,
    levels: Mapping[str, int],
    words: str,
    kept: Mapping[str, str] = NOTHING_KEPT,
    by: Actor,
    at: datetime,
) -> Call:
    """A unit on the whistle: 必要, 清楚, 配合."""
    call, side = Call.objects.lock(call), Assessment.Side.UNIT
    rules.can_assess_whistle(call, by, given=_given(call, side), at=at).or_refuse()
    facts = _keep(call, side, levels, words, kept, at)
    call.note("assessed_whistle", by=by, at=at, **facts)
    return call


def _given(call: Call, side: str) -> bool:
    return Assessment.objects.filter(call=call, side=side).exists()


def _keep(
    call: Call,
    side: str,
    levels: Mapping[str, int],
    words: str,
    kept: Mapping[str, str],
    at: datetime,
) -> dict[str, Any]:
    """Keep what one side said. The step says that it was said, and nothing of what."""
    questions = rules.QUESTIONS[side]
    if set(levels) != set(questions) or not set(levels.values()) <= set(rules.LEVELS):
        raise Refused("incomplete", "三项都要评，每项选一个")
    can_show([words], kept).or_refuse()
    Assessment.objects.create(call=call, side=side, levels=dict(levels), words=words, given_at=at)
    return kept_facts([words], kept)
