"""吹哨报到: a street calls several units on one order; each answers, and arrives or explains."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from yizhan.base.actor import Actor
from yizhan.base.codes import public_code
from yizhan.base.flow import Flow, Flowing
from yizhan.base.switches import where_on
from yizhan.orders.models import Order
from yizhan.people.models import Unit
from yizhan.whistles.kinds import Kind

BLOW = "orders.rule"
ANSWER = ("orders.send_back", "orders.accept", "orders.rule")


class WhistleQuerySet(models.QuerySet["Whistle"]):
    def lock(self, whistle: "Whistle") -> "Whistle":
        """The row, locked, with what every rule reads."""
        return self.with_names().select_for_update(of=("self",)).get(pk=whistle.pk)

    def with_names(self) -> Self:
        """With the rows whose names every page shows."""
        return self.select_related("order__region", "order__category", "caller__region")

    def visible_to(self, by: Actor) -> Self:
        """Whoever calls or dispatches there, and the units that are called: the posts that answer
        for them, and their members. Never who acts for a resident.
        """
        if by.on_behalf_of is not None:
            return self.none()
        seen = Q(pk__in=Call.objects.of(by).values("whistle"))
        if by.area and (by.may(BLOW) or by.may("orders.dispatch")):
            seen |= Q(region_code__startswith=by.area)
        return self.filter(where_on("orders", "region_code")).filter(seen)


class Whistle(Flowing):
    """One call for several units on one order.

    `matter` and `place` are what the street writes for the called units, freed of personal data:
    they do not read the order. `due_at` is what was promised to the asker when it was blown.
    `shown_at` is when the assessments of a closed one may be read, given or not.
    """

    class State(models.TextChoices):
        OPEN = "open", "进行中"
        CLOSED = "closed", "已结束"

    FLOW: ClassVar[Flow] = {State.OPEN: frozenset({State.CLOSED}), State.CLOSED: frozenset()}
    STEPS: ClassVar[dict[str, str]] = {
        "blown": "吹哨",
        "lead_changed": "换牵头单位",
        "closed": "结束",
        "erased": "删除内容",
    }

    code = models.CharField(max_length=10, unique=True, default=public_code)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    kind = models.CharField(max_length=10, choices=Kind)
    order = models.ForeignKey(Order, models.PROTECT, related_name="whistles")
    caller = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    region_code = models.CharField(max_length=12)
    matter = models.CharField(max_length=200)
    place = models.CharField(max_length=60, blank=True)
    blown_at = models.DateTimeField()
    due_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    shown_at = models.DateTimeField(null=True)

    objects = WhistleQuerySet.as_manager()

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(
                fields=["region_code", "due_at"],
                name="whistle_open",
                opclasses=["varchar_pattern_ops", "timestamptz_ops"],
                condition=Q(state="open"),
            ),
        ]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["order"], name="whistle_one_at_a_time", condition=Q(state="open")
            ),
            models.CheckConstraint(
                condition=Q(state="open") | Q(closed_at__isnull=False, shown_at__isnull=False),
                name="whistle_closed_at_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"whistle {self.code}"

    def get_absolute_url(self) -> str:
        return reverse("whistles:show", args=[self.code])

    def is_late(self, at: datetime) -> bool:
        """Whether what was promised to the asker has passed, and the whistle is still open."""
        return self.state == self.State.OPEN and self.due_at < at


class CallQuerySet(models.QuerySet["Call"]):
    def lock(self, call: "Call") -> "Call":
        """The row, locked after its whistle, so that no two acts on one pass each other."""
        whistle = Whistle.objects.lock(call.whistle)
        found = self.with_names().select_for_update(of=("self",)).get(pk=call.pk)
        found.whistle = whistle
        return found

    def with_names(self) -> Self:
        """With the rows whose names every page shows."""
        return self.select_related("unit", "whistle__caller")

    def of(self, by: Actor) -> Self:
        """The calls of the units that this actor answers for, or is a member of."""
        if by.on_behalf_of is not None or not any(by.may(power) for power in ANSWER):
            return self.none()
        mine = Q(unit=by.unit_id or 0)
        return self.filter(mine | Q(unit__path__startswith=by.unit_path) if by.unit_path else mine)

    def waiting(self) -> Self:
        """Not yet answered."""
        return self.filter(state=Call.State.CALLED, whistle__state=Whistle.State.OPEN)


class Call(Flowing):
    """One unit that was called, and what came of it. `answer_by` stays as it was given."""

    class Part(models.TextChoices):
        LEAD = "lead", "牵头"
        HELPER = "helper", "协办"

    class State(models.TextChoices):
        CALLED = "called", "等回应"
        ANSWERED = "answered", "会到场"
        ARRIVED = "arrived", "已到场"
        EXPLAINED = "explained", "来不了，已说明"
        DONE = "done", "已办完"
        CANCELLED = "cancelled", "不用来了"

    FLOW: ClassVar[Flow] = {
        State.CALLED: frozenset({State.ANSWERED, State.ARRIVED, State.EXPLAINED, State.CANCELLED}),
        State.ANSWERED: frozenset({State.ARRIVED, State.EXPLAINED, State.CANCELLED}),
        State.EXPLAINED: frozenset({State.ARRIVED, State.CANCELLED}),
        State.ARRIVED: frozenset({State.DONE}),
        State.DONE: frozenset(),
        State.CANCELLED: frozenset({State.CALLED}),
    }
    STEPS: ClassVar[dict[str, str]] = {
        "called": "呼叫",
        "answered": "回应",
        "arrived": "报到",
        "explained": "说明来不了",
        "confirmed": "确认到场",
        "done": "办完",
        "cancelled": "取消呼叫",
        "part_changed": "换牵头单位",
        "assessed_call": "街道评价单位",
        "assessed_whistle": "单位评价吹哨",
    }

    whistle = models.ForeignKey(Whistle, models.PROTECT, related_name="calls")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    part = models.CharField(max_length=8, choices=Part, default=Part.HELPER)
    state = models.CharField(max_length=10, choices=State, default=State.CALLED)
    region_code = models.CharField(max_length=12)
    called_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    objects = CallQuerySet.as_manager()

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["unit", "-id"], name="call_of_unit")]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["whistle", "unit"], name="call_once_per_unit"),
            models.UniqueConstraint(
                fields=["whistle"], name="whistle_has_one_lead", condition=Q(part="lead")
            ),
        ]

    def __str__(self) -> str:
        return f"call of {self.unit_id} by {self.whistle}"

    def is_late(self, at: datetime) -> bool:
        """Whether the unit has not answered in time, or did so too late."""
        if self.state == self.State.CANCELLED:
            return False
        return (self.answered_at or at) > self.answer_by


class Assessment(models.Model):
    """What one side of a call thinks of the other: three questions, five levels each."""

    class Side(models.TextChoices):
        STREET = "street", "街道评单位"
        UNIT = "unit", "单位评吹哨"

    call = models.ForeignKey(Call, models.PROTECT, related_name="assessments")
    side = models.CharField(max_length=8, choices=Side)
    levels = models.JSONField()
    words = models.CharField(max_length=200, blank=True)
    given_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["call", "side"], name="assessment_once_per_side")
        ]

    def __str__(self) -> str:
        return f"{self.side} of {self.call}"
