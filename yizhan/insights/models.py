"""What was done before the platform, stated once and signed; and figures as they stood."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from yizhan.base.actor import Actor
from yizhan.base.flow import Recorded
from yizhan.base.steps import AppendOnly, append_only
from yizhan.base.switches import where_on
from yizhan.insights.metrics import CODES, Counted
from yizhan.regions.models import Region

READERS = ("insights.baseline", "orders.stats")


class BaselineQuerySet(models.QuerySet["Baseline"]):
    def standing(self) -> Self:
        """The entries that no later one has corrected."""
        return self.filter(corrected_by=None)

    def visible_to(self, by: Actor) -> Self:
        """The entries of the actor's area, for posts that read figures."""
        if not by.area or not any(by.may(power) for power in READERS):
            return self.none()
        here = Q(region_code__startswith=by.area)
        return self.filter(here, where_on("insights", "region_code"))


class Baseline(AppendOnly, Recorded):
    """One count of what was done in one region until a day, with its source and who signed it.

    Rows are never changed: a correction is a row of its own that names the one it replaces.
    """

    STEPS: ClassVar[dict[str, str]] = {"entered": "录入", "corrected": "更正"}

    metric = models.CharField(max_length=30)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    region_code = models.CharField(max_length=12)
    amount = models.PositiveIntegerField()
    as_of_date = models.DateField()
    source = models.CharField(max_length=120)
    signer = models.CharField(max_length=20)
    signer_post = models.CharField(max_length=40)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="corrected_by")
    reason = models.CharField(max_length=120, blank=True)
    entered_at = models.DateTimeField()

    objects = BaselineQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["metric", "region_code"],
                condition=Q(corrects=None),
                name="baseline_once_per_region",
            ),
            models.CheckConstraint(
                condition=Q(corrects=None) | ~Q(reason=""), name="correction_has_reason"
            ),
        ]
        triggers: ClassVar[list[Any]] = append_only()

    def __str__(self) -> str:
        return f"{self.metric} {self.region_code} {self.amount}"

    @property
    def counted(self) -> Counted:
        """What is counted."""
        return CODES[self.metric]


class MetricSnapshot(AppendOnly):
    """What a metric came to for one region and period, as it was known when it was taken.

    Taken when the period has ended, and finally a month later, when what was due has been done or
    not. `edition` says by which definition; a later one leaves it as it is.
    """

    metric = models.CharField(max_length=40)
    edition = models.CharField(max_length=80)
    region_code = models.CharField(max_length=12)
    kind = models.CharField(max_length=5)
    first_date = models.DateField()
    is_final = models.BooleanField()
    numerator = models.DecimalField(max_digits=14, decimal_places=4)
    denominator = models.PositiveIntegerField()
    excluded = models.JSONField(default=dict)
    taken_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["region_code", "kind", "first_date", "metric", "edition", "is_final"],
                name="snapshot_once",
            )
        ]
        triggers: ClassVar[list[Any]] = append_only()

    def __str__(self) -> str:
        return f"{self.metric} {self.region_code} {self.first_date}"
