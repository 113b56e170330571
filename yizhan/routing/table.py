"""The routing table of a district: versions with a day from which they hold, and their rules."""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from yizhan.base.actor import Actor
from yizhan.base.codes import public_code
from yizhan.base.flow import Flow, Flowing
from yizhan.people.models import Unit
from yizhan.regions.models import Region
from yizhan.routing.matching import KINDS

KEEP = "routing.table"
READ = "routing.read"


class RoutingTableQuerySet(models.QuerySet["RoutingTable"]):
    def lock(self, table: "RoutingTable") -> "RoutingTable":
        """The version again, its row locked until the transaction ends."""
        return self.select_for_update(of=("self",)).select_related("region").get(pk=table.pk)

    def draft(self) -> "RoutingTable | None":
        """The version being written, if there is one."""
        return self.filter(state=RoutingTable.State.DRAFT).select_related("region").first()

    def published(self) -> Self:
        """Every version that was ever published, the newest first."""
        return self.filter(state=RoutingTable.State.PUBLISHED).order_by("-number")

    def in_force(self, day: date) -> Self:
        """The version that holds on a day, alone: of those begun, the one published last."""
        begun = self.published().filter(from_date__lte=day)
        return self.filter(pk__in=begun.values("pk")[:1])

    def visible_to(self, by: Actor) -> Self:
        """Published versions for who reads them in the district, the draft for who writes it."""
        nobody = Q(pk__in=())
        reads = Q(state=RoutingTable.State.PUBLISHED) if by.may(READ) or by.may(KEEP) else nobody
        keeps = Q(region__code__startswith=by.area) if by.may(KEEP) and by.area else nobody
        district = by.area[:6] or "-"
        return self.filter(region__code=district).filter(reads | keeps)


class RoutingTable(Flowing):
    """One version: which unit an order goes to. Published versions never change and stay.

    `number` counts published versions from 1. A version holds from `from_date` on, until another
    published later has begun. Its rules' changes are steps of the version.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "草稿"
        PUBLISHED = "published", "已发布"

    FLOW: ClassVar[Flow] = {
        State.DRAFT: frozenset({State.PUBLISHED}),
        State.PUBLISHED: frozenset(),
    }
    STEPS: ClassVar[dict[str, str]] = {
        "begun": "起草",
        "loaded": "随数据包导入",
        "rule_added": "加一条",
        "rule_changed": "改一条",
        "rule_moved": "调整先后",
        "rule_ended": "去掉一条",
        "rule_proposed": "按裁定提出一条",
        "rule_accepted": "采纳一条",
        "rule_dropped": "不采纳一条",
        "imported": "按表格导入",
        "published": "发布",
        "republished": "按旧版再发布",
    }

    code = models.CharField(max_length=10, unique=True, default=public_code)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    number = models.PositiveSmallIntegerField(null=True)
    from_date = models.DateField(null=True)
    based_on = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    begun_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)

    objects = RoutingTableQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["region", "number"], name="table_number_once"),
            models.UniqueConstraint(
                fields=["region"], condition=Q(state="draft"), name="table_one_draft"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", number=None)
                | Q(
                    state="published",
                    number__isnull=False,
                    from_date__isnull=False,
                    published_at__isnull=False,
                ),
                name="table_published_has_number_and_day",
            ),
        ]

    def __str__(self) -> str:
        return f"第 {self.number} 版" if self.number else "草稿"

    def get_absolute_url(self) -> str:
        """Its page: where it is read, or written."""
        if self.state == self.State.DRAFT:
            return reverse("routing:draft")
        return reverse("routing:table", args=[self.number])

    @property
    def scope_code(self) -> str:
        return self.region.code


class RoutingRuleQuerySet(models.QuerySet["RoutingRule"]):
    def lock(self, rule: "RoutingRule") -> "RoutingRule":
        """The rule again, its row locked until the transaction ends."""
        return self.select_for_update().get(pk=rule.pk)

    def active(self) -> Self:
        """The rules that count, in their order."""
        return self.filter(state=RoutingRule.State.ACTIVE).order_by("position", "pk")

    def proposed(self) -> Self:
        """What waits to be accepted or dropped."""
        return self.filter(state=RoutingRule.State.PROPOSED).order_by("pk")

    def with_names(self) -> Self:
        """With the rows whose names every page shows, and whether the region still is one."""
        here = Region.objects.current().filter(code=models.OuterRef("region_code"))
        return self.select_related("category", "unit").annotate(
            region_name=models.Subquery(here.values("name")[:1])
        )


class RoutingRule(models.Model):
    """One line: a category or group or any, a region and what lies below or any, conditions, and
    the unit, or the kind of unit that is found where the order is.

    `conditions` are read by `conditions.read` and by nothing else. `source` and `source_code` name
    what proposed it. `version` counts its changes, so that a stale form is noticed.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", "待采纳"
        ACTIVE = "active", "在目录里"
        ENDED = "ended", "已去掉"

    table = models.ForeignKey(RoutingTable, models.PROTECT, related_name="rules")
    state = models.CharField(max_length=10, choices=State, default=State.ACTIVE)
    position = models.PositiveSmallIntegerField(default=0)
    category = models.ForeignKey("routing.Category", models.PROTECT, null=True, related_name="+")
    region_code = models.CharField(max_length=12, blank=True)
    conditions = models.JSONField(default=dict, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=12, blank=True, choices=list(KINDS.items()))
    note = models.CharField(max_length=80, blank=True)
    source = models.CharField(max_length=30, blank=True)
    source_code = models.CharField(max_length=20, blank=True)
    version = models.PositiveIntegerField(default=1)

    region_name: str | None  # set by with_names()
    objects = RoutingRuleQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(unit=None, kind__gt="") | Q(unit__isnull=False, kind=""),
                name="rule_has_one_target",
            )
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["table", "position"], name="rule_in_order")
        ]

    def __str__(self) -> str:
        return f"rule {self.pk} of table {self.table_id}"
