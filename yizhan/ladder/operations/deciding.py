"""What people do: issue, dismiss and answer a 督办单, decide how a late order goes on."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate

from yizhan.base.actor import Actor
from yizhan.base.outbox import tell
from yizhan.clocks import rules as clocks
from yizhan.clocks.allowances import DAYS, Allowance
from yizhan.ladder import messages, rules
from yizhan.ladder.models import Decision, Supervision
from yizhan.ladder.plan import plan
from yizhan.orders.models import Order
from yizhan.regions.district import profile
from yizhan.regions.models import Region


@transaction.atomic
def issue(*, supervision: Supervision, words: str, by: Actor, at: datetime) -> Supervision:
    """Send the 督办单 to the unit under the street's next number; it answers in writing."""
    supervision = Supervision.objects.lock(supervision)
    rules.can_issue(supervision, by).or_refuse()
    given = Allowance(plan().answer_days, DAYS)
    supervision.due_at = clocks.due(at, given, profile().office_hours)
    supervision.words, supervision.issued_at = words, at
    supervision.issued_by_id = by.person_id
    supervision.year = localdate(at).year
    supervision.serial = _next(supervision)
    saving = ("due_at", "words", "issued_at", "issued_by", "year", "serial")
    number = (supervision.year, supervision.serial)
    supervision.move(Supervision.State.ISSUED, by=by, at=at, saving=saving, number=number)
    tell(*messages.to_supervised(supervision, at), at=at)
    return supervision


def _next(supervision: Supervision) -> int:
    """The next number of the street in this year; its row is locked, so that none comes twice."""
    Region.objects.select_for_update(no_key=True).filter(code=supervision.street).first()
    given = Supervision.objects.filter(street=supervision.street, year=supervision.year)
    return (given.aggregate(last=Max("serial"))["last"] or 0) + 1


@transaction.atomic
def dismiss(*, supervision: Supervision, reason: str, by: Actor, at: datetime) -> Supervision:
    """No 督办单 is needed; the reason is kept."""
    supervision = Supervision.objects.lock(supervision)
    rules.can_dismiss(supervision, by).or_refuse()
    supervision.move(Supervision.State.DISMISSED, by=by, at=at, remark=reason)
    return supervision


@transaction.atomic
def answer(*, supervision: Supervision, words: str, by: Actor, at: datetime) -> Supervision:
    """The unit says in writing why it is late and until when it will be done."""
    supervision = Supervision.objects.lock(supervision)
    rules.can_answer(supervision, by).or_refuse()
    supervision.answer, supervision.answered_at = words, at
    supervision.answered_by_id = by.person_id
    saving = ("answer", "answered_at", "answered_by")
    supervision.move(Supervision.State.ANSWERED, by=by, at=at, saving=saving)
    tell(*messages.to_street(supervision, at), at=at)
    return supervision


@transaction.atomic
def decide(
    *, decision: Decision, choice: Decision.Choice, words: str, by: Actor, at: datetime
) -> Decision:
    """What was decided about a late order, and why. Whoever decides does it on its page."""
    decision = Decision.objects.lock(decision)
    rules.can_decide(decision, by).or_refuse()
    decision.choice, decision.words, decision.taken_at = choice, words, at
    decision.taken_by_id = by.person_id
    saving = ("choice", "words", "taken_at", "taken_by")
    decision.move(Decision.State.TAKEN, by=by, at=at, saving=saving, choice=str(choice))
    return decision


@transaction.atomic
def erase_ladder(*, order: Order, by: Actor, at: datetime) -> int:
    """Take away what was written, with the words of an order that is over. Returns how many."""
    sheets = Supervision.objects.select_for_update().filter(order=order, erased_at=None)
    decisions = Decision.objects.select_for_update().filter(order=order, erased_at=None)
    cases = [*((one, ("words", "answer")) for one in sheets), *((d, ("words",)) for d in decisions)]
    for case, columns in cases:
        case.erase_remarks(at)
        for column in (*columns, "erased_at"):
            setattr(case, column, at if column == "erased_at" else None)
        case.note("erased", by=by, at=at, saving=(*columns, "erased_at"))
    return len(cases)
