"""挂账销号: what cannot be done now, why, who keeps at it, and when it is looked at again."""

from datetime import date
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
from yizhan.people.masking import polite_name
from yizhan.people.models import Person, Unit


class PendingQuerySet(models.QuerySet["Pending"]):
    def lock(self, pending: "Pending") -> "Pending":
        """The row, locked, with what every rule reads. The order of the stack: the case first."""
        return self.with_names().select_for_update(of=("self",)).get(pk=pending.pk)

    def with_names(self) -> Self:
        """With the rows whose names every page shows."""
        return self.select_related(
            "order__category", "order__region", "order__station", "order__unit", "owner", "unit"
        )

    def standing(self) -> Self:
        """On the list now: not struck off, and the order is still set aside."""
        return self.filter(
            state__in=Pending.ON_LIST, order__state="pending", order__round=F("round")
        )

    def visible_to(self, by: Actor) -> Self:
        """The entries of the actor's area, for posts that read orders."""
        if not (by.may("orders.read") and by.area):
            return self.none()
        here = Q(region_code__startswith=by.area)
        return self.filter(here, where_on("orders", "region_code"))

    def to_review(self, day: date) -> Self:
        """Those on the list whose day has come and whose owner was not yet told of that day."""
        due = self.standing().filter(review_date__lte=day)
        return due.exclude(reminded_for=F("review_date"))


class Pending(Flowing):
    """One order on the pending list, with the reason, an owner, and the day it is looked at again.

    `measure` is what is done meanwhile, `result` what is reported when it is to be struck off;
    both are for the asker to read. It ends by the asker's word or by a second person. `excluded_at`
    is when the street let it leave the denominator of the share solved.
    """

    class Reason(models.TextChoices):
        MONEY = "money", "等资金"
        PLAN = "plan", "等规划或改造"
        SEASON = "season", "等季节或天气"
        HISTORY = "history", "历史遗留"
        LAW = "law", "等法律或政策明确"
        OTHERS = "others", "等别的部门或第三方"

    class State(models.TextChoices):
        ON_LIST = "on_list", "在账"
        PROPOSED = "proposed", "等确认销号"
        STRUCK_OFF = "struck_off", "已销号"
        RESUMED = "resumed", "已接着办"

    FLOW: ClassVar[Flow] = {
        State.ON_LIST: frozenset({State.PROPOSED, State.RESUMED}),
        State.PROPOSED: frozenset({State.STRUCK_OFF, State.ON_LIST, State.RESUMED}),
        State.STRUCK_OFF: frozenset(),
        State.RESUMED: frozenset(),
    }
    STEPS: ClassVar[dict[str, str]] = {
        "pended": "挂账",
        "reviewed": "复查",
        "reminded": "提醒复查",
        "excluded": "同意不计入解决率",
        "strike_off_proposed": "提请销号",
        "struck_off": "销号",
        "strike_off_refused": "不同意销号",
        "resumed": "取消挂账",
        "erased": "删除内容",
    }
    ON_LIST: ClassVar[tuple[str, ...]] = (State.ON_LIST, State.PROPOSED)

    code = models.CharField(max_length=10, unique=True, default=public_code)
    order = models.ForeignKey(Order, models.PROTECT, related_name="pendings")
    round = models.PositiveSmallIntegerField()
    region_code = models.CharField(max_length=12)
    state = models.CharField(max_length=12, choices=State, default=State.ON_LIST)
    reason = models.CharField(max_length=10, choices=Reason)
    measure = SealedText(use="pending.measure")
    result = SealedText(use="pending.result")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    owner = models.ForeignKey(Person, models.PROTECT, related_name="+")
    proposed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    pended_at = models.DateTimeField()
    review_date = models.DateField()
    reminded_for = models.DateField(null=True)
    excluded_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    objects = PendingQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["order"],
                condition=Q(state__in=["on_list", "proposed"]),
                name="pending_once_per_order",
            ),
            models.CheckConstraint(
                condition=~Q(state="proposed") | Q(proposed_by__isnull=False),
                name="pending_proposed_by_somebody",
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(
                fields=["review_date"],
                name="pending_to_review",
                condition=Q(state__in=["on_list", "proposed"]),
            )
        ]

    def __str__(self) -> str:
        return f"pending {self.code}"

    def get_absolute_url(self) -> str:
        return reverse("pendings:show", args=[self.order.code])

    @property
    def keeper(self) -> str:
        """Who keeps at it, as offices name each other: the unit and a surname."""
        return f"{self.unit.name}，{polite_name(self.owner.full_name)}"

    def is_due(self, day: date) -> bool:
        """Whether its day of review has come."""
        return self.state in self.ON_LIST and self.review_date <= day
