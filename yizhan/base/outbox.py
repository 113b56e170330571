"""Messages to people, queued in the same transaction as the change they report."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from yizhan.base import jobs
from yizhan.base.sealed import Sealed, SealedText

DELIVER = "notices.deliver"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a message goes to: an account, a sealed number without one, or a print list."""

    person_id: int | None = None
    phone: Sealed | None = None
    print_list: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One message to be told. `facts` hold ids, codes, times and numbers, never texts."""

    to: Recipient
    kind: str
    subject: models.Model
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of message reads. A text never names a sensitive matter.

    `title` and `text` take the facts of the notice; `link` gives the path of the page behind it.
    `sms` sends it by text message too, where the recipient has a number; `urgent` ignores quiet
    hours. `paper` puts it on the print list of whoever cannot be reached otherwise.
    """

    title: str
    text: Callable[[Mapping[str, Any]], str]
    link: Callable[[Mapping[str, Any]], str]
    sms: bool = False
    urgent: bool = False
    paper: bool = False


KINDS: dict[str, Kind] = {}


def register(kinds: Mapping[str, Kind]) -> None:
    """Make kinds known. Each domain's `notices.py` calls this once, when it is imported."""
    KINDS.update(kinds)


class Notice(models.Model):
    """One message to one recipient, waiting for the worker or already dealt with."""

    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    phone = SealedText(use="notice.phone")
    print_list = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    at = models.DateTimeField()
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=models.Q(to__isnull=False)
                | models.Q(phone__isnull=False)
                | ~models.Q(print_list=""),
                name="notice_has_recipient",
            )
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["due_at"], name="notice_unsent", condition=models.Q(sent_at=None)),
            models.Index(fields=["to", "-id"], name="notice_inbox"),
            models.Index(
                fields=["print_list", "id"],
                name="notice_on_paper",
                opclasses=["varchar_pattern_ops", "int8_ops"],
                condition=models.Q(read_at=None) & ~models.Q(print_list=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} -> {self.to_id or self.print_list or 'phone'}"

    @property
    def title(self) -> str:
        """The title a person sees."""
        return KINDS[self.kind].title

    @property
    def text(self) -> str:
        """The text a person sees."""
        return KINDS[self.kind].text(self.facts)

    @property
    def link(self) -> str:
        """The path of the page behind the message."""
        return KINDS[self.kind].link(self.facts)


def tell(*messages: Message, at: datetime) -> list[Notice]:
    """Write the notices and one job that delivers them, in the caller's transaction."""
    notices = [
        Notice(
            to_id=message.to.person_id,
            phone=None if message.to.person_id else message.to.phone,
            print_list=message.to.print_list,
            kind=message.kind,
            facts=dict(message.facts),
            subject_type=message.subject._meta.label_lower,
            subject_id=message.subject.pk,
            at=at,
            due_at=at,
        )
        for message in messages
        if KINDS[message.kind] and message.to != Recipient()
    ]
    if notices:
        Notice.objects.bulk_create(notices)
        jobs.defer(DELIVER, notices=[notice.pk for notice in notices])
    return notices
