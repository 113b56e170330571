"""邀请方案: whom to ask for which order of a queue. A plan only ever invites."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from yizhan.base.actor import Actor
from yizhan.base.codes import public_code
from yizhan.base.flow import Flow, Flowing
from yizhan.base.switches import where_on
from yizhan.orders.models import Order
from yizhan.people.models import Person


class PlanQuerySet(models.QuerySet["Plan"]):
    def lock(self, plan: "Plan") -> "Plan":
        """The plan again, locked until the transaction ends."""
        return self.select_for_update().get(pk=plan.pk)

    def of_scope(self, by: Actor) -> Self:
        """The plans made for just the orders this post plans for."""
        return self.filter(region_code=by.area, unit_path=by.unit_path)

    def visible_to(self, by: Actor) -> Self:
        """The plans of the actor's area, or of their unit, for whoever may invite."""
        if by.on_behalf_of is not None or not by.may("orders.invite"):
            return self.none()
        seen = Q(pk__in=[])
        if by.area:
            seen |= Q(region_code__startswith=by.area, unit_path="") & where_on(
                "orders", "region_code"
            )
        if by.unit_path:
            seen |= Q(unit_path__startswith=by.unit_path)
        return self.filter(seen)


class Plan(Flowing):
    """A proposal for a queue: drawn up, changed by who sends it, sent once, or dropped for another.

    Just one of `region_code` and `unit_path` says for whose orders. `counts` hold how many orders
    there were, got somebody, were changed and invited: numbers only, nothing of what people
    answered.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "待发出"
        SENT = "sent", "已发出"
        DROPPED = "dropped", "已作废"

    FLOW: ClassVar[Flow] = {
        State.DRAFT: frozenset({State.SENT, State.DROPPED}),
        State.SENT: frozenset(),
        State.DROPPED: frozenset(),
    }
    STEPS: ClassVar[dict[str, str]] = {
        "drawn_up": "拟方案",
        "adjusted": "改方案",
        "sent": "发出邀请",
        "dropped": "作废",
    }

    code = models.CharField(max_length=10, unique=True, default=public_code)
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    region_code = models.CharField(max_length=12, blank=True)
    unit_path = models.CharField(max_length=120, blank=True)
    drawn_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    counts: "models.JSONField[Any, Any]" = models.JSONField(default=dict)

    objects = PlanQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["region_code", "unit_path"],
                condition=Q(state="draft"),
                name="plan_one_draft_a_scope",
            ),
            models.CheckConstraint(
                condition=~Q(region_code="") ^ ~Q(unit_path=""), name="plan_of_area_or_unit"
            ),
        ]

    def __str__(self) -> str:
        return f"plan {self.code}"

    def get_absolute_url(self) -> str:
        return reverse("dispatch:plan", args=[self.code])

    def is_within(self, by: Actor) -> bool:
        """Whether the plan is of the actor's area or unit."""
        if self.unit_path:
            return by.reaches_unit(self.unit_path)
        return by.reaches_region(self.region_code)


class Proposal(models.Model):
    """Whom to ask for one order: `person` as it stands now, `first` as it was computed.

    `seen` is the version of the order that the plan was made for. `outcome` says after sending
    what came of it: invited, or the code of the refusal.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="proposals")
    order = models.ForeignKey(Order, models.PROTECT, related_name="+")
    seen = models.PositiveIntegerField()
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    first = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    is_locked = models.BooleanField(default=False)
    outcome = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["plan", "order"], name="proposal_once_per_order")
        ]

    def __str__(self) -> str:
        return f"proposal {self.pk} of {self.plan_id}"
