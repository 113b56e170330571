"""What the nightly work leaves behind: what ended, and how the check of the chain came out."""

from typing import Any, ClassVar

from django.db import models
from django.db.models.functions import Now

from yizhan.base.steps import AppendOnly, append_only


class RetentionRun(AppendOnly):
    """One batch of one period: how many records ended, how many could not, up to which cutoff."""

    code = models.CharField(max_length=40)
    cutoff = models.DateTimeField()
    count = models.PositiveIntegerField()
    failed = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["code", "-id"], name="run_of_period")]
        triggers: ClassVar[list[Any]] = append_only()

    def __str__(self) -> str:
        return f"{self.code} {self.count}"


class ChainCheck(AppendOnly):
    """One check of the whole chain: where it ended, how many faults, the first of them in words."""

    position = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)
    faults = models.PositiveIntegerField()
    findings = models.JSONField(default=list)
    via = models.CharField(max_length=10)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        triggers: ClassVar[list[Any]] = append_only()

    def __str__(self) -> str:
        return f"checked to {self.position}: {self.faults}"
