"""What people are told and what they agreed to: texts in versions, and the ledger of consents."""

from typing import Any, ClassVar, Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.timezone import localdate

from yizhan.base import crypto
from yizhan.base.flow import Recorded
from yizhan.base.steps import AppendOnly, append_only
from yizhan.people.models import Person
from yizhan.privacy.purposes import PURPOSES, SHIPPED, WARD

WORDS_AS_THEY_WERE = """
IF NOT EXISTS (
    SELECT 1 FROM privacy_text t
    WHERE t.id = NEW.text_id AND t.purpose = NEW.purpose
      AND t.number = NEW.text_number AND t.hash = NEW.text_hash
) THEN
    RAISE EXCEPTION 'these are not the words of this purpose' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""


class Text(AppendOnly):
    """One version of the words for a purpose, or of the rules themselves. Old versions stay.

    `hash` is SM3 over the body. `asks_again` says that consents to earlier versions end to count
    on the effective date.
    """

    purpose = models.CharField(max_length=20)
    number = models.PositiveSmallIntegerField()
    body = models.TextField()
    hash = models.BinaryField(max_length=32)
    effective_date = models.DateField()
    asks_again = models.BooleanField(default=False)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        app_label = "privacy"
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["purpose", "number"], name="text_once_per_number")
        ]
        triggers: ClassVar[list[Any]] = append_only()

    def __str__(self) -> str:
        return f"{self.purpose} {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("privacy:text", args=[self.purpose, self.number])

    @staticmethod
    def digest_of(body: str) -> bytes:
        """SM3 of the words."""
        return crypto.digest(body.encode())

    @property
    def name(self) -> str:
        """What the text is about, as people call it."""
        known = SHIPPED.get(self.purpose)
        return known.name if known else self.purpose

    @property
    def hash_hex(self) -> str:
        return bytes(self.hash).hex()

    @property
    def hash_parts(self) -> list[str]:
        """The hash in groups of eight, as it is compared by eye."""
        return [self.hash_hex[at : at + 8] for at in range(0, len(self.hash_hex), 8)]

    @property
    def blocks(self) -> list[tuple[str, list[str]]]:
        """The body as titles with their lines."""
        parts = [block.splitlines() for block in self.body.split("\n\n")]
        return [(lines[0], lines[1:]) for lines in parts if lines]


class ConsentQuerySet(models.QuerySet["Consent"]):
    def newest_first(self) -> Self:
        """With the words that were agreed to, the newest first."""
        return self.select_related("text").order_by("-at", "-pk")


class Consent(AppendOnly, Recorded):
    """One line of the ledger: a person gave or withdrew one consent, in which words, and how.

    The last line for a person, a purpose and, for a guardian, one ward says what holds. `seq`
    counts them from 1. `paper` is the number of the signed sheet when staff wrote it down.
    """

    STEPS: ClassVar[dict[str, str]] = {"given": "同意", "withdrawn": "撤回同意"}

    class Kind(models.TextChoices):
        GIVEN = "given", "同意"
        WITHDRAWN = "withdrawn", "撤回"

    class Channel(models.TextChoices):
        PAGE = "page", "本人在网页上"
        COUNTER = "counter", "在柜台"
        PAPER = "paper", "交来纸质同意书"
        PHONE = "phone", "打电话"

    kind = models.CharField(max_length=9, choices=Kind)
    person = models.ForeignKey(Person, models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=20)
    ward_code = models.CharField(max_length=10, blank=True)
    seq = models.PositiveIntegerField()
    text = models.ForeignKey(Text, models.PROTECT, related_name="+")
    text_number = models.PositiveSmallIntegerField()
    text_hash = models.BinaryField(max_length=32)
    channel = models.CharField(max_length=7, choices=Channel)
    paper = models.CharField(max_length=40, blank=True)
    actor = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    post_id = models.BigIntegerField(null=True)
    on_behalf_of = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    objects = ConsentQuerySet.as_manager()

    class Meta:
        app_label = "privacy"
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["person", "purpose", "ward_code", "seq"], name="consent_once_per_seq"
            ),
            models.CheckConstraint(
                condition=(Q(purpose=WARD) & ~Q(ward_code=""))
                | (~Q(purpose=WARD) & Q(ward_code="")),
                name="consent_names_its_ward",
            ),
        ]
        triggers: ClassVar[list[Any]] = append_only(
            pgtrigger.Trigger(
                name="words_as_they_were",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=WORDS_AS_THEY_WERE,
            )
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.purpose} {self.seq}"

    def get_absolute_url(self) -> str:
        return reverse("privacy:agreements")

    @property
    def name(self) -> str:
        """What was agreed to, as people call it."""
        known = PURPOSES.get(self.purpose)
        return known.name if known else self.purpose

    @property
    def is_given(self) -> bool:
        return self.kind == self.Kind.GIVEN

    @property
    def since_date(self) -> Any:
        return localdate(self.at)
