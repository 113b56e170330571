"""Who may do what to a 投诉建议, and why not. No database here."""

from datetime import datetime, timedelta

from yizhan.base.actor import Actor, Kind
from yizhan.base.verdict import YES, Verdict, no
from yizhan.feedback.models import DESK, KEPT_DAYS, STREET_DIGITS, SUBJECT, Feedback

DAYS = 5
OFTEN = 10


def is_author(feedback: Feedback, by: Actor) -> bool:
    """Whether the actor left it: by account, or by holding its receipt."""
    by_account = by.person_id is not None and by.person_id == feedback.person_id
    return by_account or by.receipt_of == (SUBJECT, feedback.pk)


def answers_for(feedback: Feedback, by: Actor) -> bool:
    """Whether it lies on the desk of the actor's post: what `on_desk_of` asks the database."""
    if not (by.may(DESK) and by.area):
        return False
    if feedback.region_id is None:
        return len(by.area) <= STREET_DIGITS
    own = feedback.kind == Feedback.Kind.COMPLAINT and feedback.region_code == by.area
    return by.reaches_region(feedback.region_code) and not own


def can_leave_feedback(lately: int = 0) -> Verdict:
    """Anybody may; `lately` is how many this person left within the hour."""
    if lately >= OFTEN:
        return no("too_many", "您刚才留得太多了，请过一会儿再留，或直接打电话")
    return YES


def can_answer_feedback(feedback: Feedback, by: Actor) -> Verdict:
    """Whoever answers for it, but never who left it."""
    if (refused := _is_mine_to_handle(feedback, by)).code:
        return refused
    if feedback.state == Feedback.State.ANSWERED:
        return no("wrong_state", "这一条已经答复了")
    return YES


def can_pass_on_feedback(feedback: Feedback, by: Actor) -> Verdict:
    """The same, while nobody has answered it or passed it on."""
    if (refused := _is_mine_to_handle(feedback, by)).code:
        return refused
    if feedback.state != Feedback.State.RECEIVED:
        return no("wrong_state", "这一条已经有答复，不用再转")
    return YES


def _is_mine_to_handle(feedback: Feedback, by: Actor) -> Verdict:
    if is_author(feedback, by):
        return no("own_feedback", "自己留的投诉建议，请别人来答复")
    if not answers_for(feedback, by):
        return no("not_your_post", "这一条由上一级或别的街道答复")
    return YES


def can_forget_feedback(feedback: Feedback, by: Actor, at: datetime) -> Verdict:
    """The author, whoever deals with the author's request, or the clock two years after."""
    asked_for = by.on_behalf_of is not None and by.on_behalf_of == feedback.person_id
    deals = asked_for and (by.may("privacy.requests") or by.kind == Kind.CLOCK)
    if not (is_author(feedback, by) or deals or by.kind == Kind.CLOCK):
        return no("not_your_post", "隐去内容由本人申请，或到期自动办理")
    if feedback.state == Feedback.State.RECEIVED:
        return no("still_open", "还没有答复，答复以后才能隐去")
    kept_until = (feedback.answered_at or at) + timedelta(days=KEPT_DAYS)
    if by.kind == Kind.CLOCK and not asked_for and at < kept_until:
        return no("not_due", "还没有到隐去的日子")
    return YES
