"""What people do with the answers that everybody may read. Each function is one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from yizhan.answers import messages, queries, rules
from yizhan.answers.models import Answer
from yizhan.base.actor import Actor
from yizhan.base.outbox import tell
from yizhan.orders.models import Order
from yizhan.reading.rules import can_show, kept_facts

TEXTS = ("kind", "title", "asked", "done")


@dataclass(frozen=True, slots=True)
class Told:
    """What others will read; `kept` gives the reason for each piece that stays as it is."""

    kind: str
    title: str
    asked: str
    done: str
    kept: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def write(*, order: Order, told: Told, by: Actor, at: datetime) -> Answer:
    """Put what was done for one order into words for everybody; a second person lets it out."""
    order = Order.objects.lock(order)
    standing = Answer.objects.filter(order=order, state__in=Answer.STANDING).exists()
    rules.can_write(order, by, has_answer=standing).or_refuse()
    answer = Answer(
        order=order,
        region=order.region,
        region_code=order.region_code,
        category=order.category,
        month_date=localdate(order.finished_at).replace(day=1),
        written_by_id=by.person_id or 0,
        written_at=at,
    )
    facts = _fill(answer, told, at)
    answer.save(force_insert=True)
    answer.begin("written", by=by, at=at, order=order.pk, **facts)
    return answer


@transaction.atomic
def rewrite(*, answer: Answer, told: Told, by: Actor, at: datetime) -> Answer:
    """Say it better; whoever rewrites it is its writer now."""
    answer = Answer.objects.lock(answer)
    rules.can_rewrite(answer, by).or_refuse()
    facts = _fill(answer, told, at)
    answer.written_by_id = by.person_id or 0
    saving = (*TEXTS, "written_by")
    if answer.state == Answer.State.DRAFT:
        answer.move(Answer.State.WAITING, "rewritten", by=by, at=at, saving=saving, **facts)
    else:
        answer.note("rewritten", by=by, at=at, saving=saving, **facts)
    return answer


def _fill(answer: Answer, told: Told, at: datetime) -> dict[str, Any]:
    """The texts on the row; the facts of the step: the kind, and why something found was kept."""
    agreed = queries.consent_to_tell(answer.order, at) is not None
    rules.can_tell(told.kind, told.kept, has_consent=agreed).or_refuse()
    for name in TEXTS:
        setattr(answer, name, getattr(told, name))
    can_show(answer.texts, told.kept).or_refuse()
    return {"told": told.kind, **kept_facts(answer.texts, told.kept)}


@transaction.atomic
def publish(*, answer: Answer, by: Actor, at: datetime) -> Answer:
    """A second person has read it and lets everybody read it."""
    answer = Answer.objects.lock(answer)
    consent = queries.consent_to_tell(answer.order, at)
    rules.can_publish(answer, by, has_consent=consent is not None).or_refuse()
    is_story = answer.kind == Answer.Kind.STORY
    answer.consent = consent if is_story else None
    answer.published_by_id, answer.published_at = by.person_id, at
    saving = ("consent", "published_by", "published_at")
    answer.move(Answer.State.PUBLISHED, by=by, at=at, saving=saving)
    if is_story:
        tell(*messages.to_asker(answer, "answer_published"), at=at)
    return answer


@transaction.atomic
def send_back(*, answer: Answer, words: str, by: Actor, at: datetime) -> Answer:
    """Something must be said otherwise first."""
    answer = Answer.objects.lock(answer)
    rules.can_send_back(answer, by).or_refuse()
    answer.move(Answer.State.DRAFT, "sent_back", by=by, at=at, remark=words)
    return answer


@transaction.atomic
def retire(*, answer: Answer, reason: str, words: str, by: Actor, at: datetime) -> Answer:
    """Take it down; it stays in the history with the reason."""
    answer = Answer.objects.lock(answer)
    rules.can_retire(answer, by).or_refuse()
    answer.reason, answer.retired_at = reason, at
    to, saving = Answer.State.RETIRED, ("reason", "retired_at")
    answer.move(to, "retired", by=by, at=at, saving=saving, remark=words, reason=reason)
    return answer


@transaction.atomic
def take_down(*, answer: Answer, by: Actor, at: datetime) -> Answer:
    """Whoever asked does not want it told; no reason is asked for."""
    answer = Answer.objects.lock(answer)
    rules.can_take_down(answer, by).or_refuse()
    answer.reason, answer.retired_at = Answer.Reason.ASKED, at
    saving = ("reason", "retired_at")
    answer.move(Answer.State.RETIRED, "taken_down", by=by, at=at, saving=saving)
    return answer


@transaction.atomic
def erase_answer(*, order: Order, by: Actor, at: datetime) -> int:
    """Take down and blank what was told of an order whose words go. Returns how many."""
    answers = list(Answer.objects.select_for_update().filter(order=order).exclude(title=""))
    for answer in answers:
        answer.erase_remarks(at)
        answer.title, answer.asked, answer.done = "", "", ""
        if answer.state == Answer.State.RETIRED:
            answer.note("erased", by=by, at=at, saving=TEXTS)
            continue
        answer.reason, answer.retired_at = Answer.Reason.ERASED, at
        saving = (*TEXTS, "reason", "retired_at")
        answer.move(Answer.State.RETIRED, "erased", by=by, at=at, saving=saving)
    return len(answers)
