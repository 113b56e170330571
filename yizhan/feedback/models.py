"""What people say about the platform and the service, and what they are answered."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from yizhan.base import crypto
from yizhan.base.actor import Actor
from yizhan.base.codes import public_code
from yizhan.base.flow import Flow, Flowing
from yizhan.base.sealed import SealedText
from yizhan.people.models import Person
from yizhan.regions.models import Region

RECEIPT = "feedback.receipt"
SUBJECT = "feedback.feedback"
DESK = "feedback.answer"
STREET_DIGITS = 9
KEPT_DAYS = 730


class FeedbackQuerySet(models.QuerySet["Feedback"]):
    def lock(self, feedback: "Feedback") -> "Feedback":
        """The row, locked, with what every rule reads."""
        return self.with_names().select_for_update(of=("self",)).get(pk=feedback.pk)

    def with_names(self) -> Self:
        """With the rows whose names every page shows."""
        return self.select_related("region", "handler")

    def of_receipt(self, code: str) -> "Feedback | None":
        """The feedback with this receipt code."""
        found = self.filter(receipt_index=crypto.index(code, use=RECEIPT))
        return found.with_names().first()

    def visible_to(self, by: Actor) -> Self:
        """What this actor left, or holds the receipt of, or has on the desk."""
        seen = Q(pk__in=[])
        if by.receipt_of and by.receipt_of[0] == SUBJECT:
            seen |= Q(pk=by.receipt_of[1])
        if by.person_id:
            seen |= Q(person=by.person_id)
        return self.filter(seen | _on_desk(by))

    def on_desk_of(self, by: Actor) -> Self:
        """What the actor's post answers for, without what they left themselves."""
        return self.filter(_on_desk(by)).exclude(person=by.person_id or 0)

    def waiting(self) -> Self:
        """Not yet answered and not passed on."""
        return self.filter(state=Feedback.State.RECEIVED)

    def long_over(self, at: datetime) -> Self:
        """Answered two years ago or more, with something left that tells who it was."""
        over = self.exclude(state=Feedback.State.RECEIVED)
        over = over.filter(answered_at__lte=at - timedelta(days=KEPT_DAYS))
        return over.filter(Q(words__isnull=False) | Q(contact_phone__isnull=False))


def _on_desk(by: Actor) -> Q:
    """A complaint about a community goes to those above it, all else to the community too.

    What names no community goes to the streets and the district.
    """
    if not (by.may(DESK) and by.area):
        return Q(pk__in=[])
    own = Q(kind=Feedback.Kind.COMPLAINT, region_code=by.area)
    seen = Q(region__isnull=False, region_code__startswith=by.area) & ~own
    return seen | Q(region=None) if len(by.area) <= STREET_DIGITS else seen


class Feedback(Flowing):
    """One 投诉建议 about the platform or the service, with or without an account.

    Words, contact and answer are sealed. `page` is where it came from, without anything that tells
    which record was open. `due_at` is the promise made when it was left; it stays as it was given.
    """

    class Kind(models.TextChoices):
        COMPLAINT = "complaint", "投诉"
        SUGGESTION = "suggestion", "建议"
        FAULT = "fault", "网页坏了"
        PRAISE = "praise", "表扬"

    class State(models.TextChoices):
        RECEIVED = "received", "待答复"
        ANSWERED = "answered", "已答复"
        PASSED_ON = "passed_on", "已转有关部门"

    FLOW: ClassVar[Flow] = {
        State.RECEIVED: frozenset({State.ANSWERED, State.PASSED_ON}),
        State.PASSED_ON: frozenset({State.ANSWERED}),
        State.ANSWERED: frozenset(),
    }
    STEPS: ClassVar[dict[str, str]] = {
        "received": "收到",
        "answered": "答复",
        "passed_on": "转有关部门",
        "forgotten": "隐去内容",
    }

    code = models.CharField(max_length=10, unique=True, default=public_code)
    state = models.CharField(max_length=10, choices=State, default=State.RECEIVED)
    kind = models.CharField(max_length=10, choices=Kind)
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")
    region_code = models.CharField(max_length=12)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="feedback")
    words = SealedText(use="feedback.words")
    contact_phone = SealedText(use="feedback.contact_phone")
    page = models.CharField(max_length=100, blank=True)
    receipt = SealedText(use=RECEIPT, null=False)
    receipt_index = models.BinaryField(max_length=32, unique=True)
    answer = SealedText(use="feedback.answer")
    handler = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    left_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["due_at"], name="feedback_waiting", condition=Q(state="received")),
            models.Index(fields=["person", "-id"], name="feedback_person"),
        ]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(state="received") | Q(handler__isnull=False, answered_at__isnull=False),
                name="feedback_answered_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"feedback {self.code}"

    def get_absolute_url(self) -> str:
        return reverse("feedback:show", args=[self.code])

    @property
    def receipt_code(self) -> str:
        """The secret code that opens the page without an account."""
        code: str = self.receipt.open()
        return code

    @property
    def desk(self) -> str:
        """Who answers, in words: a complaint about a community is not for that community."""
        if self.region_id is None:
            return "街道或区里"
        return "街道" if self.kind == self.Kind.COMPLAINT else "社区或街道"

    def is_late(self, at: datetime) -> bool:
        """Whether nobody answered in time."""
        return self.state == self.State.RECEIVED and self.due_at < at
