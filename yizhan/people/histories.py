"""The history of a case as a page tells it: when, what, who, and the words said."""

from dataclasses import dataclass
from datetime import datetime

from yizhan.base.actor import Kind
from yizhan.base.flow import Recorded
from yizhan.base.steps import Step
from yizhan.people.masking import polite_name


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was done; `who` is a surname for staff, 点单人 without a post."""

    at: datetime
    label: str
    who: str
    words: str


def history(subject: Recorded) -> list[Line]:
    """What was done with a subject, newest first: one query."""
    steps = subject.steps.select_related("remark", "actor").order_by("-seq")
    return [Line(one.at, subject.STEPS[one.kind], _who(one), one.words) for one in steps]


def _who(step: Step) -> str:
    if step.post_id and step.actor:
        return polite_name(step.actor.full_name)
    return "" if step.actor_kind == Kind.CLOCK else "点单人"
