"""Templates of ledgers that a district, a street or a community has uploaded, and large exports."""

from datetime import date, datetime, timedelta
from typing import Any, ClassVar, Self

from django.db import models
from django.urls import reverse

from yizhan.base.actor import Actor
from yizhan.base.codes import public_code
from yizhan.base.files import StoredFile
from yizhan.base.flow import Flow, Flowing
from yizhan.documents.layouts import Layout
from yizhan.documents.ledgers import LEDGERS, Ledger
from yizhan.people.models import Person, Post
from yizhan.regions.models import Region

TEMPLATES = "documents.templates"
KEPT_DAYS = 7
WORKBOOK = "application/vnd.ms-excel"  # how a file is labelled in the store; short enough for it
LEVELS = (6, 9, 12)


def above(area: str) -> list[str]:
    """The codes of a region and of those it lies in."""
    return [area[:digits] for digits in LEVELS if len(area) >= digits]


class TemplateQuerySet(models.QuerySet["LedgerTemplate"]):
    def lock(self, template: "LedgerTemplate") -> "LedgerTemplate":
        """The row, locked, with what every rule reads."""
        return (
            self.select_related("region", "file")
            .select_for_update(of=("self",))
            .get(pk=template.pk)
        )

    def visible_to(self, by: Actor) -> Self:
        """For whoever keeps templates: their own, and those from above that they may use."""
        if not by.may(TEMPLATES) or by.on_behalf_of is not None:
            return self.none()
        return self.filter(region_code__in=above(by.area))

    def fitting(self, ledger: str, area: str, day: date) -> Self:
        """Those in use on a day for a region, the nearest and newest first."""
        found = self.filter(ledger=ledger, region_code__in=above(area), since_date__lte=day)
        found = found.filter(state=LedgerTemplate.State.IN_USE)
        return found.order_by("-region_code", "-since_date", "-pk")


class LedgerTemplate(Flowing):
    """One version of one uploaded workbook for one ledger, owned by a region.

    A new upload under the same name is a new version; older ones stay, for older periods. `layout`
    says where the values go; `losses` what of the uploaded file could not be kept.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "待对列"
        IN_USE = "in_use", "使用中"
        RETIRED = "retired", "已停用"

    FLOW: ClassVar[Flow] = {
        State.DRAFT: frozenset({State.IN_USE, State.RETIRED}),
        State.IN_USE: frozenset({State.RETIRED}),
        State.RETIRED: frozenset(),
    }
    STEPS: ClassVar[dict[str, str]] = {
        "uploaded": "上传",
        "mapped": "对列并启用",
        "retired": "停用",
    }

    code = models.CharField(max_length=10, unique=True, default=public_code)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    ledger = models.CharField(max_length=30)
    name = models.CharField(max_length=40)
    number = models.PositiveSmallIntegerField()
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    region_code = models.CharField(max_length=12)
    since_date = models.DateField()
    file = models.OneToOneField(StoredFile, models.PROTECT)
    layout = models.JSONField()
    losses = models.JSONField(default=list)
    uploaded_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField()

    objects = TemplateQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["region_code", "ledger", "name", "number"], name="template_version_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} v{self.number} of {self.region_code}"

    def get_absolute_url(self) -> str:
        return reverse("documents:template", args=[self.code])

    @property
    def of(self) -> Ledger:
        """The ledger that it is for."""
        return LEDGERS[self.ledger]

    @property
    def mapping(self) -> Layout:
        """Where the values go."""
        return Layout.read(self.layout)


class ExportQuerySet(models.QuerySet["LedgerExport"]):
    def lock(self, export: "LedgerExport") -> "LedgerExport":
        """The row, locked."""
        return self.select_for_update(of=("self",)).get(pk=export.pk)

    def visible_to(self, by: Actor) -> Self:
        """What this person asked for in the post they act in now, and of nobody else."""
        if by.on_behalf_of is not None or not by.person_id or not by.post_id:
            return self.none()
        return self.filter(person=by.person_id, post=by.post_id)

    def over(self, at: datetime) -> Self:
        """What was asked for longer ago than files are kept."""
        cutoff = at - timedelta(days=KEPT_DAYS)
        return self.filter(asked_at__lte=cutoff).exclude(state=LedgerExport.State.REMOVED)


class LedgerExport(Flowing):
    """A ledger too long to be made while somebody waits: made by the worker, fetched, removed.

    `mark` is the mark of the look that was written down when it was asked for.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "正在生成"
        READY = "ready", "可以下载"
        FAILED = "failed", "没有生成"
        REMOVED = "removed", "已到期删除"

    FLOW: ClassVar[Flow] = {
        State.WAITING: frozenset({State.READY, State.FAILED, State.REMOVED}),
        State.READY: frozenset({State.REMOVED}),
        State.FAILED: frozenset({State.REMOVED}),
        State.REMOVED: frozenset(),
    }
    STEPS: ClassVar[dict[str, str]] = {
        "asked": "要求导出",
        "ready": "生成好了",
        "failed": "没有生成",
        "removed": "到期删除",
    }

    code = models.CharField(max_length=10, unique=True, default=public_code)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    ledger = models.CharField(max_length=30)
    template = models.ForeignKey(LedgerTemplate, models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    region_code = models.CharField(max_length=12)
    taking = models.JSONField()
    mark = models.CharField(max_length=200)
    rows = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    file = models.OneToOneField(StoredFile, models.SET_NULL, null=True)
    asked_at = models.DateTimeField()

    objects = ExportQuerySet.as_manager()

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["person", "-id"], name="export_person"),
        ]

    def __str__(self) -> str:
        return f"export {self.code}"

    def get_absolute_url(self) -> str:
        return reverse("documents:export", args=[self.code])

    @property
    def of(self) -> Ledger:
        """The ledger that is taken out."""
        return LEDGERS[self.ledger]

    @property
    def ends_at(self) -> datetime:
        """When the file is removed."""
        return self.asked_at + timedelta(days=KEPT_DAYS)
