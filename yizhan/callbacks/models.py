"""回访 and 整改: asking again by telephone how it went, and putting right what went badly."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from yizhan.base.actor import Actor
from yizhan.base.codes import public_code
from yizhan.base.flow import Flow, Flowing
from yizhan.base.switches import where_on
from yizhan.orders.models import Order
from yizhan.people.models import Person
from yizhan.ratings.models import Level, Solved

READ = "orders.triage"


def in_area(by: Actor) -> Q:
    """What posts that may read ratings see: their area, never what they did themselves."""
    if not (by.may(READ) and by.area):
        return Q(pk__in=[])
    here = Q(region_code__startswith=by.area) & where_on("orders", "region_code")
    return here & ~Q(order__handler=by.person_id or 0)


class CallbackQuerySet(models.QuerySet["Callback"]):
    def lock(self, callback: "Callback") -> "Callback":
        """The row, locked, with what every rule reads."""
        return self.with_names().select_for_update(of=("self",)).get(pk=callback.pk)

    def with_names(self) -> Self:
        """With the rows whose names every page shows."""
        return self.select_related("order__category", "order__region", "order__unit", "caller")

    def visible_to(self, by: Actor) -> Self:
        """Those drawn in the area of the post, without what the person handled."""
        return self.filter(in_area(by)).exclude(state=Callback.State.NOT_DRAWN)

    def waiting(self) -> Self:
        """To be called, while the order is still done in the round that was drawn."""
        done = Q(order__state__in=["finished", "rated"], order__round=F("round"))
        return self.filter(done, state=Callback.State.WAITING)


class Callback(Flowing):
    """Whether one round of one order is called back, why, and what was heard.

    Every order that is done is drawn or not, and the row says which, so that nobody chooses whom
    they call. What is heard is kept beside the rating and never replaces it.
    """

    class Reason(models.TextChoices):
        NONE = "", "没有抽中"
        BAD = "bad", "差评或没有解决"
        CARED_FOR = "cared_for", "需要照顾的居民"
        SAMPLE = "sample", "随机抽中"

    class State(models.TextChoices):
        NOT_DRAWN = "not_drawn", "不回访"
        WAITING = "waiting", "待回访"
        REACHED = "reached", "已回访"
        UNREACHED = "unreached", "联系不上"

    FLOW: ClassVar[Flow] = {
        State.NOT_DRAWN: frozenset({State.WAITING}),
        State.WAITING: frozenset({State.REACHED, State.UNREACHED}),
        State.REACHED: frozenset(),
        State.UNREACHED: frozenset(),
    }
    STEPS: ClassVar[dict[str, str]] = {
        "lot_cast": "抽签",
        "drawn": "抽中回访",
        "tried": "打了没接通",
        "reached": "回访",
        "unreached": "三次联系不上",
        "erased": "删除内容",
    }

    code = models.CharField(max_length=10, unique=True, default=public_code)
    order = models.ForeignKey(Order, models.PROTECT, related_name="callbacks")
    round = models.PositiveSmallIntegerField()
    region_code = models.CharField(max_length=12)
    reason = models.CharField(max_length=10, choices=Reason, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.NOT_DRAWN)
    drawn_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    caller = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    level = models.PositiveSmallIntegerField(choices=Level, null=True)
    solved = models.CharField(max_length=8, choices=Solved, blank=True)
    ended_at = models.DateTimeField(null=True)

    objects = CallbackQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["order", "round"], name="callback_once_per_round"),
            models.CheckConstraint(
                condition=~Q(state="reached") | (Q(caller__isnull=False) & ~Q(solved="")),
                name="callback_reached_heard_something",
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["due_at"], name="callback_due", condition=Q(state="waiting"))
        ]

    def __str__(self) -> str:
        return f"callback {self.code}"

    def get_absolute_url(self) -> str:
        return reverse("callbacks:show", args=[self.code])

    def is_late(self, at: datetime) -> bool:
        """Whether nobody has called in time."""
        return self.state == self.State.WAITING and self.due_at is not None and self.due_at < at


class RectificationQuerySet(models.QuerySet["Rectification"]):
    def lock(self, rectification: "Rectification") -> "Rectification":
        """The row, locked, with what every rule reads."""
        return self.with_names().select_for_update(of=("self",)).get(pk=rectification.pk)

    def with_names(self) -> Self:
        """With the rows whose names every page shows."""
        return self.select_related("order__category", "order__region", "order__unit", "reviewer")

    def visible_to(self, by: Actor) -> Self:
        """Those of the area of the post, without what the person handled."""
        return self.filter(in_area(by))

    def waiting(self) -> Self:
        """Not yet put right."""
        return self.filter(state=Rectification.State.OPEN)


class Rectification(Flowing):
    """A bad rating, to be looked into and put right by a day, by somebody who did not do the work.

    `unfounded`: the street found that the rating does not speak of this work; it then leaves the
    figures, and how many did so stays beside them.
    """

    class State(models.TextChoices):
        OPEN = "open", "待整改"
        RECTIFIED = "rectified", "已整改"
        UNFOUNDED = "unfounded", "核实不属实"

    FLOW: ClassVar[Flow] = {
        State.OPEN: frozenset({State.RECTIFIED, State.UNFOUNDED}),
        State.RECTIFIED: frozenset(),
        State.UNFOUNDED: frozenset(),
    }
    STEPS: ClassVar[dict[str, str]] = {
        "opened": "差评待整改",
        "rectified": "整改",
        "unfounded": "核实不属实",
        "erased": "删除内容",
    }

    code = models.CharField(max_length=10, unique=True, default=public_code)
    order = models.ForeignKey(Order, models.PROTECT, related_name="rectifications")
    round = models.PositiveSmallIntegerField()
    region_code = models.CharField(max_length=12)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    reviewer = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects = RectificationQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["order", "round"], name="rectification_once_per_round")
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["due_at"], name="rectification_due", condition=Q(state="open"))
        ]

    def __str__(self) -> str:
        return f"rectification {self.code}"

    def get_absolute_url(self) -> str:
        return reverse("callbacks:rectification", args=[self.code])

    def is_late(self, at: datetime) -> bool:
        """Whether it was not put right in time."""
        return self.state == self.State.OPEN and self.due_at < at
