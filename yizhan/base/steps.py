"""The append-only history of every change, and the chain that proves it was not touched."""

import json
from datetime import UTC
from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from yizhan.base import crypto
from yizhan.base.sealed import SealedText


def append_only(*more: Any) -> list[Any]:
    """Triggers that refuse UPDATE, DELETE and TRUNCATE, for `Meta.triggers`."""
    return [
        pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        pgtrigger.Trigger(
            name="never_emptied",
            level=pgtrigger.Statement,
            when=pgtrigger.Before,
            operation=pgtrigger.Truncate,
            func="RAISE EXCEPTION 'append-only table';",
        ),
        *more,
    ]


class AppendOnly(models.Model):
    """A table the serving role may only read and add to; its Meta names `append_only()`."""

    class Meta:
        abstract = True


class Remark(models.Model):
    """Free text beside a step. It can be erased; the step keeps a salted digest of it."""

    text = SealedText(use="remark.text")
    salt = models.BinaryField(max_length=16)
    erased_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"remark {self.pk}"

    @staticmethod
    def digest_of(text: str, salt: bytes) -> str:
        """SM3 of salt and text, hexadecimal."""
        return crypto.digest(bytes(salt) + text.encode()).hex()


class Step(AppendOnly):
    """One thing that happened to one subject. Written once, never changed.

    `facts` hold ids, codes and numbers only; `version` is the version of their shape. `at` is when
    it happened, `recorded_at` the database's clock when it was written. `seq` counts per subject.
    """

    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField(default=1)
    district = models.CharField(max_length=6)
    region_code = models.CharField(max_length=12, blank=True)
    actor_kind = models.CharField(max_length=8)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, db_index=False)
    post_id = models.BigIntegerField(null=True)
    on_behalf_of = models.BigIntegerField(null=True)
    via = models.CharField(max_length=10)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())
    facts = models.JSONField(default=dict)
    remark = models.OneToOneField(Remark, models.PROTECT, null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "seq"], name="step_once_per_seq"
            )
        ]
        triggers: ClassVar[list[Any]] = append_only(
            pgtrigger.Trigger(
                name="waits_for_seal",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                func="INSERT INTO base_unsealed (step_id) VALUES (NEW.id); RETURN NULL;",
            )
        )

    def __str__(self) -> str:
        return f"{self.subject_type}:{self.subject_id} {self.seq} {self.kind}"

    @property
    def words(self) -> str:
        """What was said with it, as long as it has not been erased; the remark has been read."""
        if self.remark is None or self.remark.text is None:
            return ""
        said: str = self.remark.text.open()
        return said

    def payload(self) -> bytes:
        """The bytes that the chain covers: every column, in one fixed spelling."""
        kept = {
            field.attname: getattr(self, field.attname)
            for field in self._meta.concrete_fields
            if field.attname not in ("at", "recorded_at")
        }
        kept["at"] = self.at.astimezone(UTC).isoformat()
        kept["recorded_at"] = self.recorded_at.astimezone(UTC).isoformat()
        return json.dumps(kept, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


class Unsealed(models.Model):
    """A step not yet in the chain. A trigger adds the row, the sealer removes it."""

    step = models.OneToOneField(Step, models.PROTECT, primary_key=True)

    def __str__(self) -> str:
        return f"unsealed {self.pk}"


class Seal(AppendOnly):
    """The place of one step in the chain: gapless position and hash over all before it."""

    position = models.BigIntegerField(primary_key=True)
    step = models.OneToOneField(Step, models.PROTECT)
    hash = models.BinaryField(max_length=32)
    sealed_at = models.DateTimeField()

    class Meta:
        triggers: ClassVar[list[Any]] = append_only()

    def __str__(self) -> str:
        return f"seal {self.position}"


class Head(AppendOnly):
    """The last position and hash of one day, kept so that a cut chain shows."""

    date = models.DateField(primary_key=True)
    position = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        triggers: ClassVar[list[Any]] = append_only()

    def __str__(self) -> str:
        return f"head {self.date}"


class Follower(models.Model):
    """How far one reader of the chain has come. Readers are idempotent."""

    name = models.CharField(max_length=40, primary_key=True)
    position = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} at {self.position}"
