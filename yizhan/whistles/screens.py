"""What the page of a whistle shows to one actor: each call, what may be done, both views."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from yizhan.base.actor import Actor
from yizhan.base.steps import Step
from yizhan.base.verdict import Verdict
from yizhan.whistles import queries, rules
from yizhan.whistles.models import Assessment, Call, Whistle

TONES = {
    Call.State.CALLED: ("gold", "clock"),
    Call.State.ANSWERED: ("blue", "footprints"),
    Call.State.ARRIVED: ("teal", "map-pin-check"),
    Call.State.EXPLAINED: ("orange", "message-square-text"),
    Call.State.DONE: ("teal", "circle-check"),
    Call.State.CANCELLED: ("plain", "circle-slash"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """One step of a call: when, what, and the words with it."""

    at: datetime
    label: str
    words: str


@dataclass(frozen=True, slots=True)
class View:
    """What one side thinks of the other: each question with its level in words."""

    side: str
    answers: list[tuple[str, str]]
    words: str


@dataclass(frozen=True, slots=True)
class Row:
    """One call as this actor sees it. `may` maps each verb to its verdict."""

    call: Call
    tone: str
    icon: str
    late: bool
    mine: bool
    lines: list[Said]
    may: Mapping[str, Verdict]
    views: list[View]
    hidden: str
    forms: dict[str, Any]

    @property
    def code(self) -> str:
        """The code of the unit, as addresses name it."""
        return self.call.unit.code


def rows(whistle: Whistle, by: Actor, at: datetime) -> list[Row]:
    """Every call of a whistle, the lead first, in three queries."""
    calls = queries.calls_of(whistle)
    steps, given = queries.words_of(calls), queries.assessments_of(calls)
    return [_row(one, steps.get(one.pk, []), given.get(one.pk, []), by, at) for one in calls]


def _row(call: Call, steps: list[Step], given: list[Assessment], by: Actor, at: datetime) -> Row:
    tone, icon = TONES[Call.State(call.state)]
    sides = [one.side for one in given]
    reads = rules.can_read_assessment(call, sides, by, at)
    is_side = reads.code != "not_a_side"
    return Row(
        call=call,
        tone=tone,
        icon=icon,
        late=call.is_late(at) and call.state in (Call.State.CALLED, Call.State.EXPLAINED),
        mine=rules.answers_for(call.unit, by),
        lines=[Said(one.at, Call.STEPS[one.kind], words(one)) for one in steps],
        may=verdicts(call, sides, by, at),
        views=[_view(one) for one in given] if reads else [],
        hidden=reads.reason if given and is_side and not reads else "",
        forms={},
    )


def verdicts(call: Call, sides: list[str], by: Actor, at: datetime) -> dict[str, Verdict]:
    """Every act on a call and whether this actor may do it now."""
    street, unit = Assessment.Side.STREET in sides, Assessment.Side.UNIT in sides
    return {
        "answer_call": rules.can_answer_call(call, by),
        "report_in": rules.can_report_in(call, by),
        "explain": rules.can_explain(call, by),
        "complete_part": rules.can_complete_part(call, by),
        "cancel_call": rules.can_cancel_call(call, by),
        "confirm_arrival": rules.can_confirm_arrival(call, by),
        "assess_call": rules.can_assess_call(call, by, given=street, at=at),
        "assess_whistle": rules.can_assess_whistle(call, by, given=unit, at=at),
    }


def words(step: Step) -> str:
    """What was said with a step, as long as it is kept."""
    kept = step.remark.text if step.remark else None
    return str(kept.open()) if kept else ""


def _view(one: Assessment) -> View:
    questions = rules.QUESTIONS[one.side]
    answers = [(label, rules.LEVELS[one.levels[code]]) for code, label in questions.items()]
    return View(str(one.get_side_display()), answers, one.words)


def history(whistle: Whistle) -> list[Said]:
    """What happened to the whistle itself, with the street's words."""
    steps = whistle.steps.select_related("remark")
    return [Said(one.at, Whistle.STEPS[one.kind], words(one)) for one in steps]
