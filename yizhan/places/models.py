"""The register of stations and party-mass service centres, with facilities and opening hours."""

from collections.abc import Iterable
from datetime import datetime
from functools import cached_property
from typing import Any, ClassVar, Self

from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse

from yizhan.base.actor import Actor
from yizhan.base.flow import Recorded
from yizhan.base.switches import where_on
from yizhan.people.models import Post, Unit
from yizhan.places.coordinates import Point
from yizhan.places.hours import Calendar, Exceptional, Schedule, Span, State, Weekly, state_at
from yizhan.places.layers import Layer
from yizhan.places.vocabulary import Audience, FacilityKind, ServiceKind, StationType
from yizhan.regions.models import Region

__all__ = [
    "Audience",
    "DatedException",
    "Facility",
    "FacilityKind",
    "Layer",
    "ServiceKind",
    "Station",
    "StationType",
    "WeeklySpan",
]

CODE = RegexValidator(r"^[A-Z0-9]{3,12}$", "驿站编号是 3 至 12 位大写字母和数字")


class StationQuerySet(models.QuerySet["Station"]):
    def lock(self, station: "Station") -> "Station":
        """The station again, its row locked until the transaction ends."""
        return (
            self.select_for_update(of=("self",))
            .select_related("region", "keeper_unit")
            .get(pk=station.pk)
        )

    def listed(self) -> Self:
        """Stations people can go to now or soon, for the public list and map."""
        return self.switched_on().filter(status__in=Station.LISTED)

    def switched_on(self) -> Self:
        """The stations of regions where stations are on; elsewhere they are kept, and not shown."""
        return self.filter(where_on("places", "region__code"))

    def visible_to(self, by: Actor) -> Self:
        """Whatever has ever been announced; plans only for those who keep the area."""
        announced = ~models.Q(status=Station.Status.PLANNED)
        return self.switched_on().filter(announced | _kept_by(by))

    def kept_by(self, by: Actor) -> Self:
        """Stations this post looks after."""
        return self.switched_on().filter(_kept_by(by))

    def in_full(self) -> Self:
        """With everything a page shows: the same number of queries for one station or all."""
        shown = Facility.objects.present().with_kinds()
        return self.select_related("type", "region__parent", "keeper_unit").prefetch_related(
            models.Prefetch("facilities", shown, to_attr="shown_facilities"),
            "weekly_spans",
            "exceptions",
            "audiences",
            "services",
        )


def _kept_by(by: Actor) -> models.Q:
    nothing = models.Q(pk__in=())
    if not by.may("places.keep"):
        return nothing
    by_area = models.Q(region__code__startswith=by.area) if by.area else nothing
    by_unit = models.Q(keeper_unit__path__startswith=by.unit_path) if by.unit_path else nothing
    return by_area | by_unit


class Station(Recorded):
    """A neighbourhood service station, or a community's party-mass service centre.

    `code` is public and never changes: it stands on the plate at the door. `area_m2` is in square
    metres; `latitude` and `longitude` are WGS-84 degrees. `is_demo` marks invented rows.
    """

    class Build(models.TextChoices):
        NEW = "new", "新建"
        REBUILT = "rebuilt", "改建"
        SHARED = "shared", "共建"

    class Status(models.TextChoices):
        PLANNED = "planned", "规划中"
        BUILDING = "building", "建设中"
        OPEN = "open", "开放"
        SUSPENDED = "suspended", "暂停开放"
        CLOSED = "closed", "已停用"

    class CalendarChoice(models.TextChoices):
        WORKDAYS = Calendar.WORKDAYS.value, "按工作日"
        DAILY = Calendar.DAILY.value, "天天开"
        APART = Calendar.APART.value, "节假日另定"

    LISTED: ClassVar[tuple[str, ...]] = (Status.BUILDING, Status.OPEN, Status.SUSPENDED)
    STEPS: ClassVar[dict[str, str]] = {
        "registered": "登记",
        "updated": "按名册更新",
        "edited": "修改资料",
        "checked_all": "查看全部设施，没有变化",
        "closed_for": "临时关闭",
        "reopened_early": "提前开放",
    }

    code = models.CharField(max_length=12, unique=True, validators=[CODE])
    name = models.CharField(max_length=40)
    type = models.ForeignKey(StationType, models.PROTECT, related_name="stations")
    build = models.CharField(max_length=8, choices=Build)
    status = models.CharField(max_length=10, choices=Status)
    is_centre = models.BooleanField(default=False)
    region = models.ForeignKey(Region, models.PROTECT, related_name="stations")
    address = models.CharField(max_length=120)
    indoor_note = models.CharField(max_length=120, blank=True)
    latitude = models.FloatField()
    longitude = models.FloatField()
    area_m2 = models.PositiveIntegerField(null=True)
    keeper_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="stations")
    phone = models.CharField(max_length=20, blank=True)
    partners = models.CharField(max_length=300, blank=True)
    tenants = models.CharField(max_length=200, blank=True)
    services = models.ManyToManyField(ServiceKind, related_name="stations", blank=True)
    audiences = models.ManyToManyField(Audience, related_name="stations", blank=True)
    calendar = models.CharField(max_length=8, choices=CalendarChoice)
    opened_date = models.DateField(null=True)
    is_demo = models.BooleanField(default=False)

    shown_facilities: list["Facility"]  # set by in_full() and by the lists of queries.py
    objects = StationQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="station_point_on_earth",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The public page behind the code on the door."""
        return reverse("places:station", args=[self.code])

    @property
    def scope_code(self) -> str:
        return self.region.code

    @property
    def point(self) -> Point:
        """Where it stands, WGS-84."""
        return Point(self.latitude, self.longitude)

    @cached_property
    def schedule(self) -> Schedule:
        """Everything that decides its hours, from the prefetched rows."""
        return self.scheduled(
            (row.as_weekly() for row in self.weekly_spans.all()),
            (row.as_exceptional() for row in self.exceptions.all()),
        )

    def scheduled(self, weekly: Iterable[Weekly], exceptions: Iterable[Exceptional]) -> Schedule:
        """What decides its hours, these spans and exceptions being its own."""
        running = self.status == Station.Status.OPEN
        return Schedule(
            calendar=Calendar(self.calendar),
            weekly=tuple(weekly),
            exceptions=tuple(exceptions),
            halted="" if running else str(self.get_status_display()),
        )

    def state_at(self, at: datetime) -> State:
        """Open until when, or closed, until when and why."""
        return state_at(self, at)


class WeeklySpan(models.Model):
    """Open on some days of the week, in minutes from midnight; digit 8 stands for holidays."""

    station = models.ForeignKey(Station, models.CASCADE, related_name="weekly_spans")
    weekdays = models.CharField(max_length=8, validators=[RegexValidator(r"^[1-8]+$")])
    opens = models.PositiveSmallIntegerField()
    closes = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=models.Q(opens__lt=1440)
                & models.Q(closes__gt=models.F("opens"))
                & models.Q(closes__lte=models.F("opens") + 1440),
                name="weekly_span_within_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.weekdays} {Span(self.opens, self.closes)}"

    def as_weekly(self) -> Weekly:
        """The row as the hours engine takes it."""
        return Weekly(self.weekdays, Span(self.opens, self.closes))


class DatedException(models.Model):
    """Other hours, or none, on some dates. `spans` are pairs of minutes."""

    station = models.ForeignKey(Station, models.CASCADE, related_name="exceptions")
    first_date = models.DateField()
    last_date = models.DateField()
    spans = models.JSONField(default=list)
    reason = models.CharField(max_length=60)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=models.Q(last_date__gte=models.F("first_date")),
                name="exception_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return f"{self.first_date} to {self.last_date}: {self.reason}"

    def as_exceptional(self) -> Exceptional:
        """The row as the hours engine takes it."""
        spans = tuple(Span(opens, closes) for opens, closes in self.spans)
        return Exceptional(self.first_date, self.last_date, spans, self.reason, self.ended_at)


class FacilityQuerySet(models.QuerySet["Facility"]):
    def lock(self, facility: "Facility") -> "Facility":
        """The facility again, its row locked until the transaction ends."""
        return (
            self.select_for_update(of=("self",))
            .select_related("kind", "station__region", "station__keeper_unit")
            .get(pk=facility.pk)
        )

    def present(self) -> Self:
        """Facilities that are there, working or not."""
        return self.exclude(state=Facility.State.REMOVED)

    def with_kinds(self) -> Self:
        """With the words they are shown with, in the order of the vocabulary."""
        return self.select_related("kind").order_by("kind__position")


class Facility(Recorded):
    """One kind of facility in one station: how many, whether it works, and who looked last."""

    class State(models.TextChoices):
        OK = "ok", "正常"
        FAULT = "fault", "坏了，待修"
        REMOVED = "removed", "已撤走"

    STEPS: ClassVar[dict[str, str]] = {"checked": "查看设施"}

    station = models.ForeignKey(Station, models.CASCADE, related_name="facilities")
    kind = models.ForeignKey(FacilityKind, models.PROTECT, related_name="facilities")
    quantity = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=8, choices=State, default=State.OK)
    hours_note = models.CharField(max_length=60, blank=True)
    checked_at = models.DateTimeField(null=True)
    checked_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")

    objects = FacilityQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["station", "kind"], name="facility_once_per_kind")
        ]

    def __str__(self) -> str:
        return f"{self.station_id} {self.kind_id}"

    @property
    def scope_code(self) -> str:
        return self.station.region.code

    @property
    def is_faulty(self) -> bool:
        """Whether it is there but does not work."""
        return self.state == Facility.State.FAULT
