"""Who looked at whose data, what people agreed to, and what they ask about their own."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from yizhan.base.steps import AppendOnly, append_only
from yizhan.privacy.agreed import Consent as Consent
from yizhan.privacy.agreed import Text as Text
from yizhan.privacy.asked import DataRequest as DataRequest
from yizhan.privacy.minors import SEES_WARDS as SEES_WARDS
from yizhan.privacy.minors import AgeBand as AgeBand
from yizhan.privacy.minors import Ward as Ward
from yizhan.privacy.runs import ChainCheck as ChainCheck
from yizhan.privacy.runs import RetentionRun as RetentionRun


class Look(AppendOnly):
    """One look at personal data: who, in which post, at what, how, and what for.

    A search keeps the blind index of the number instead of a subject when nobody was found. `at` is
    when it happened, `recorded_at` the database's clock.
    """

    class Kind(models.TextChoices):
        OPEN = "open", "打开"
        UNMASK = "unmask", "查看完整号码"
        SEARCH = "search", "按电话查找"
        EXPORT = "export", "导出"

    actor_kind = models.CharField(max_length=8)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    post_id = models.BigIntegerField(null=True)
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.BigIntegerField(null=True)
    searched = models.BinaryField(max_length=32, null=True)
    kind = models.CharField(max_length=8, choices=Kind)
    purpose = models.CharField(max_length=60, blank=True)
    via = models.CharField(max_length=10)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["subject_type", "subject_id", "-id"], name="look_at_subject"),
            models.Index(fields=["actor", "-id"], name="look_by_actor"),
        ]
        triggers: ClassVar[list[Any]] = append_only()

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_type}:{self.subject_id}"
