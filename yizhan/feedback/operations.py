"""What people do with 投诉建议. Each function is one whole transaction."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from yizhan.base import crypto
from yizhan.base.actor import Actor
from yizhan.base.codes import receipt_code
from yizhan.base.outbox import tell
from yizhan.clocks.calendar import add_working
from yizhan.feedback import messages, queries, rules
from yizhan.feedback.models import RECEIPT, Feedback
from yizhan.regions.district import profile
from yizhan.regions.models import Region

PERSONAL = ("words", "contact_phone", "answer")


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says, about which community if any, from which page, how to reach them."""

    kind: str
    words: str
    region: Region | None = None
    contact_phone: str = ""
    page: str = ""


@transaction.atomic
def leave_feedback(*, said: Said, by: Actor, at: datetime) -> Feedback:
    """Somebody complains, suggests, reports a fault or praises, with or without an account."""
    rules.can_leave_feedback(queries.left_lately(by, at)).or_refuse()
    district, receipt = profile(), receipt_code()
    feedback = Feedback(
        kind=said.kind,
        region=said.region,
        region_code=said.region.code if said.region else district.code,
        person_id=by.on_behalf_of or by.person_id,
        page=said.page,
        left_at=at,
        due_at=add_working(at, days=rules.DAYS, office_hours=district.office_hours),
    )
    feedback.words, feedback.contact_phone = said.words, said.contact_phone
    feedback.receipt, feedback.receipt_index = receipt, crypto.index(receipt, use=RECEIPT)
    feedback.save(force_insert=True)
    feedback.begin("received", by=by, at=at, about=said.kind, contact=bool(said.contact_phone))
    tell(*messages.left(feedback, at), at=at)
    return feedback


@transaction.atomic
def answer_feedback(*, feedback: Feedback, words: str, by: Actor, at: datetime) -> Feedback:
    """Tell who left it what was found and done. Raises `Refused("own_feedback")` for the author."""
    feedback = Feedback.objects.lock(feedback)
    rules.can_answer_feedback(feedback, by).or_refuse()
    saving = _told(feedback, words, by, at)
    feedback.move(Feedback.State.ANSWERED, by=by, at=at, saving=saving)
    tell(*messages.to_author(feedback, "feedback_answered"), at=at)
    return feedback


@transaction.atomic
def pass_on_feedback(*, feedback: Feedback, words: str, by: Actor, at: datetime) -> Feedback:
    """Tell who left it which office deals with the matter, and how to reach that office."""
    feedback = Feedback.objects.lock(feedback)
    rules.can_pass_on_feedback(feedback, by).or_refuse()
    saving = _told(feedback, words, by, at)
    feedback.move(Feedback.State.PASSED_ON, by=by, at=at, saving=saving)
    tell(*messages.to_author(feedback, "feedback_passed_on"), at=at)
    return feedback


@transaction.atomic
def forget_feedback(*, feedback: Feedback, by: Actor, at: datetime) -> Feedback:
    """Take away words, contact and answer; that it was left, of which kind, and when, stays.

    Raises `Refused("still_open")` before the answer.
    """
    feedback = Feedback.objects.lock(feedback)
    rules.can_forget_feedback(feedback, by, at).or_refuse()
    for column in PERSONAL:
        setattr(feedback, column, None)
    feedback.note("forgotten", by=by, at=at, saving=PERSONAL)
    return feedback


def _told(feedback: Feedback, words: str, by: Actor, at: datetime) -> tuple[str, ...]:
    feedback.answer, feedback.handler_id, feedback.answered_at = words, by.person_id, at
    return ("answer", "handler", "answered_at")
