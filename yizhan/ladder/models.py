"""Rungs that have come, 督办单, and what people are to decide about an order that is late."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from yizhan.base.actor import Actor
from yizhan.base.codes import public_code
from yizhan.base.flow import Flow, Flowing
from yizhan.base.sealed import SealedText
from yizhan.base.switches import where_on
from yizhan.orders.models import Order
from yizhan.orders.states import OPEN
from yizhan.people.models import Person, Unit

STREET = 9


class RungQuerySet(models.QuerySet["Rung"]):
    def of(self, *orders: Order) -> Self:
        """The rungs of these orders, in the order in which they came."""
        found = self.filter(subject_type=Order._meta.label_lower)
        return found.filter(subject_id__in=[one.pk for one in orders]).order_by("pk")


class Rung(models.Model):
    """One rung that one clock of one subject has come to: it fires once.

    `round` is the clock's, `subject_round` the order's. `due_at` is when it was due by the data of
    that day, `fired_at` when the worker came to it. `told_at`: whoever answers for it was told, or
    it was no news any more.
    """

    class Code(models.TextChoices):
        OPENED = "opened", "已向全单位开放"
        CALLED_IN = "called_in", "没人接，已收回"
        REMINDED = "reminded", "已提醒"
        URGED = "urged", "已催办"
        SUPERVISED = "supervised", "已提请督办"
        DECIDED = "decided", "已提请决定"

    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    kind = models.CharField(max_length=20)
    round = models.PositiveSmallIntegerField()
    rung = models.CharField(max_length=12, choices=Code)
    subject_round = models.PositiveSmallIntegerField()
    due_at = models.DateTimeField()
    fired_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    objects = RungQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "kind", "round", "rung"], name="rung_once"
            )
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["id"], name="rung_untold", condition=Q(told_at=None))
        ]

    def __str__(self) -> str:
        return f"{self.rung} of {self.kind} for {self.subject_type}:{self.subject_id}"


class CaseQuerySet(models.QuerySet[Any]):
    """What 督办单 and decisions have in common: each belongs to an order."""

    def lock(self, case: models.Model) -> Any:
        """The row, locked, with what every rule reads. The order of the stack: the case first."""
        return self.with_names().select_for_update(of=("self",)).get(pk=case.pk)

    def with_names(self) -> Self:
        """With the rows whose names every page shows."""
        return self.select_related(
            "order__category", "order__region__parent", "order__unit", "unit"
        )

    def in_area(self, by: Actor) -> Self:
        """Those of the actor's area, for posts that dispatch orders or decide over them."""
        if not (by.may("orders.dispatch") and by.area):
            return self.none()
        return self.filter(Q(region_code__startswith=by.area), where_on("orders", "region_code"))

    def still(self) -> Self:
        """Those whose order is still open, in the same round."""
        return self.filter(order__state__in=OPEN, order__round=F("round"))


class SupervisionQuerySet(CaseQuerySet):
    def visible_to(self, by: Actor) -> Self:
        """Those of the actor's area; for a unit the ones that were issued to it."""
        if by.may("orders.send_back") and by.unit_path:
            mine = Q(unit__path__startswith=by.unit_path, state__in=Supervision.SENT)
            return self.filter(mine, where_on("orders", "region_code"))
        return self.in_area(by)


class Supervision(Flowing):
    """督办单: the street asks the unit that has a late order, in writing, how it goes on.

    The clock proposes it; somebody of the street issues or dismisses it. `words` are what the
    street asks for, `answer` what the unit wrote. Issued to a unit, never to a person. `street`,
    `year` and `serial` make the number on the paper.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", "待签发"
        ISSUED = "issued", "待答复"
        ANSWERED = "answered", "已答复"
        DISMISSED = "dismissed", "不督办"

    FLOW: ClassVar[Flow] = {
        State.PROPOSED: frozenset({State.ISSUED, State.DISMISSED}),
        State.ISSUED: frozenset({State.ANSWERED}),
        State.ANSWERED: frozenset(),
        State.DISMISSED: frozenset(),
    }
    STEPS: ClassVar[dict[str, str]] = {
        "proposed": "到时限，提请督办",
        "issued": "签发督办单",
        "answered": "答复督办单",
        "dismissed": "不督办",
        "erased": "删除内容",
    }
    SENT: ClassVar[tuple[str, ...]] = (State.ISSUED, State.ANSWERED)
    TONES: ClassVar[dict[str, str]] = {"proposed": "orange", "issued": "orange", "answered": "teal"}

    code = models.CharField(max_length=10, unique=True, default=public_code)
    order = models.ForeignKey(Order, models.PROTECT, related_name="supervisions")
    round = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20)
    promised_at = models.DateTimeField()
    region_code = models.CharField(max_length=12)
    street = models.CharField(max_length=STREET)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    year = models.PositiveSmallIntegerField(null=True)
    serial = models.PositiveIntegerField(null=True)
    words = SealedText(use="supervision.words")
    answer = SealedText(use="supervision.answer")
    issued_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField()
    issued_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    objects = SupervisionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["order", "round"],
                condition=Q(state__in=["proposed", "issued"]),
                name="supervision_one_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["street", "year", "serial"], name="supervision_number_once"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["issued", "answered"])
                | Q(serial__isnull=False, due_at__isnull=False),
                name="supervision_issued_has_number",
            ),
        ]

    def __str__(self) -> str:
        return f"supervision {self.code}"

    def get_absolute_url(self) -> str:
        return reverse("ladder:supervision", args=[self.code])

    @property
    def number(self) -> str:
        """The number on the paper: 2026 年第 3 号."""
        return f"{self.year} 年第 {self.serial} 号" if self.serial else "未编号"

    @property
    def tone(self) -> str:
        """The tone of the tag that names the state."""
        return self.TONES.get(self.state, "plain")

    def is_late(self, at: datetime) -> bool:
        """Whether the unit should have answered by now."""
        return self.state == self.State.ISSUED and self.due_at is not None and self.due_at <= at


class Decision(Flowing):
    """An order is late by days: people at the street or the district decide how it goes on.

    Nothing is done by itself; `choice` says what was decided, `words` why.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "待决定"
        TAKEN = "taken", "已决定"

    class Choice(models.TextChoices):
        TALK = "talk", "约谈承办单位，已记下"
        MOVE = "move", "换一个单位办"
        PEND = "pend", "一时办不了，挂账"
        EXTEND = "extend", "同意再给几天"
        OTHER = "other", "其他"

    FLOW: ClassVar[Flow] = {State.WAITING: frozenset({State.TAKEN}), State.TAKEN: frozenset()}
    STEPS: ClassVar[dict[str, str]] = {
        "asked": "到时限，提请决定",
        "taken": "作出决定",
        "erased": "删除内容",
    }

    code = models.CharField(max_length=10, unique=True, default=public_code)
    order = models.ForeignKey(Order, models.PROTECT, related_name="decisions")
    round = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20)
    promised_at = models.DateTimeField()
    region_code = models.CharField(max_length=12)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    choice = models.CharField(max_length=8, choices=Choice, blank=True)
    words = SealedText(use="decision.words")
    asked_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    erased_at = models.DateTimeField(null=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["order", "round"],
                condition=Q(state="waiting"),
                name="decision_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting") | ~Q(choice=""), name="decision_taken_has_choice"
            ),
        ]

    def __str__(self) -> str:
        return f"decision {self.code}"

    def get_absolute_url(self) -> str:
        return reverse("ladder:decide", args=[self.code])
