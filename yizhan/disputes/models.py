"""派单异议: a unit says that an order is not its own, and somebody above rules on it."""

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
from yizhan.orders.states import Cause
from yizhan.orders.states import State as OrderState
from yizhan.people.models import Unit

RULE = "orders.rule"
OBJECT = "orders.send_back"


class DisputeQuerySet(models.QuerySet["Dispute"]):
    def lock(self, dispute: "Dispute") -> "Dispute":
        """The row, locked, with what every rule reads."""
        return self.with_names().select_for_update(of=("self",)).get(pk=dispute.pk)

    def with_names(self) -> Self:
        """With the rows whose names every page shows."""
        return self.select_related(
            "order__category", "order__region", "order__unit", "unit", "appointed"
        )

    def visible_to(self, by: Actor) -> Self:
        """Offices only: who dispatches or rules there, and the units that it is about."""
        if by.on_behalf_of is not None:
            return self.none()
        seen = Q(pk__in=[])
        if by.area and (by.may(RULE) or by.may("orders.dispatch")):
            seen |= Q(region_code__startswith=by.area)
        if by.may(OBJECT) and by.unit_path:
            seen |= Q(unit__path__startswith=by.unit_path)
            seen |= Q(appointed__path__startswith=by.unit_path)
        return self.filter(where_on("orders", "region_code")).filter(seen)

    def waiting(self) -> Self:
        """Nobody has ruled, and the asker has not withdrawn the order."""
        return self.filter(state=Dispute.State.RAISED, order__state=OrderState.DISPUTED)


class Dispute(Flowing):
    """One objection of one unit, and the ruling on it.

    What both sides say stands in the history of the order and nowhere else. `desk_code` is the
    region whose office rules: a street, or the district. `rule_by` is the promise made when it was
    raised, `amber_at` when it comes near; both stay as they were given.
    """

    class State(models.TextChoices):
        RAISED = "raised", "待裁定"
        RULED = "ruled", "已裁定"

    class Outcome(models.TextChoices):
        APPOINTED = "appointed", "指定承办单位"
        TURNED_AWAY = "turned_away", "不在受理范围，已告知去处"

    FLOW: ClassVar[Flow] = {
        State.RAISED: frozenset({State.RULED}),
        State.RULED: frozenset(),
    }
    STEPS: ClassVar[dict[str, str]] = {"raised": "提出异议", "ruled": "裁定", "fed": "写进派单目录"}

    code = models.CharField(max_length=10, unique=True, default=public_code)
    state = models.CharField(max_length=10, choices=State, default=State.RAISED)
    order = models.ForeignKey(Order, models.PROTECT, related_name="disputes")
    round = models.PositiveSmallIntegerField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    cause = models.CharField(max_length=16, choices=Cause)
    region_code = models.CharField(max_length=12)
    desk_code = models.CharField(max_length=12)
    raised_at = models.DateTimeField()
    amber_at = models.DateTimeField()
    rule_by = models.DateTimeField()
    ruled_at = models.DateTimeField(null=True)
    fed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    appointed = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")

    objects = DisputeQuerySet.as_manager()

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(
                fields=["region_code", "rule_by"],
                name="dispute_waiting",
                opclasses=["varchar_pattern_ops", "timestamptz_ops"],
                condition=Q(state="raised"),
            ),
            models.Index(fields=["region_code", "-ruled_at"], name="dispute_ruled"),
        ]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["order"], name="dispute_one_at_a_time", condition=Q(state="raised")
            ),
            models.CheckConstraint(
                condition=Q(state="raised") | Q(ruled_at__isnull=False) & ~Q(outcome=""),
                name="dispute_ruled_has_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="appointed") | Q(appointed__isnull=False),
                name="dispute_appointed_has_unit",
            ),
        ]

    def __str__(self) -> str:
        return f"dispute {self.code}"

    def get_absolute_url(self) -> str:
        return reverse("disputes:show", args=[self.code])

    @property
    def is_over(self) -> bool:
        """Whether there is nothing to rule on any more: ruled, or the order was withdrawn."""
        return self.state == self.State.RULED or self.order.state != OrderState.DISPUTED

    def is_late(self, at: datetime) -> bool:
        """Whether the ruling was not there in time."""
        return not self.is_over and self.rule_by < at
