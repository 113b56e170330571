"""Fair use: what an office says about an order, who looks at it again, and what follows from it."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from yizhan.base import crypto
from yizhan.base.actor import Actor
from yizhan.base.codes import public_code
from yizhan.base.flow import Flow, Flowing
from yizhan.base.phones import digits
from yizhan.base.sealed import SealedText
from yizhan.base.switches import where_on
from yizhan.orders.models import Order
from yizhan.people.models import Person

NUMBER = "conduct.number"


def number_index(phone: str) -> bytes:
    """By what a number is found again that is not kept here."""
    return crypto.index(digits(phone), use=NUMBER)


class FlagQuerySet(models.QuerySet["Flag"]):
    def lock(self, flag: "Flag") -> "Flag":
        """The row, locked, with what every rule reads."""
        return self.with_names().select_for_update(of=("self",)).get(pk=flag.pk)

    def with_names(self) -> Self:
        """With the rows whose names every page shows."""
        return self.select_related("order__category", "order__region")

    def visible_to(self, by: Actor) -> Self:
        """The flags of the actor's area, for the offices that raise and review them."""
        if not (by.may("orders.dispatch") and by.area):
            return self.none()
        here = Q(region_code__startswith=by.area)
        return self.filter(here, where_on("orders", "region_code"))

    def in_force(self, at: datetime) -> Self:
        """Those whose measure counts at this moment.

        A measure ends by its date; one that was appealed against ends when the appeal is late.
        """
        upheld = Q(state__in=[Flag.State.UPHELD, Flag.State.SUSTAINED])
        in_time = Q(state=Flag.State.APPEALED, appeal_by__gte=at)
        now = self.exclude(measure="").filter(begins_at__lte=at, ends_at__gt=at)
        return now.filter(upheld | in_time)

    def against(self, person_id: int | None, phone: str) -> Self:
        """Those about this account or this number."""
        found = Q(person=person_id) if person_id else Q(pk__in=[])
        if phone:
            found |= Q(number_index=number_index(phone))
        return self.filter(found)

    def late(self, at: datetime) -> Self:
        """Raised, and not reviewed in time."""
        return self.filter(state=Flag.State.RAISED, review_by__lt=at)


class Flag(Flowing):
    """One remark of an office about the use of one order. It does nothing by itself.

    A second person upholds it with one measure of `Measure` for at most 30 days, or dismisses it.
    Whoever it is about may appeal once, and somebody else again decides. `why` is the office's,
    `decision` and `answer` are for the person to read, `appeal` is the person's. `used` counts the
    orders of `used_date` under a limit.
    """

    class Reason(models.TextChoices):
        HARASSMENT = "harassment", "辱骂、骚扰"
        REPEATED = "repeated", "同一件事没有新情况，反复提"
        FALSE = "false", "说的事没有发生"
        ABUSE = "abuse", "拿点单做别的用"

    class Measure(models.TextChoices):
        STATUS = "status", "同一件事没有新情况的，告知进展，不再派单"
        LIMIT = "limit", "一天最多点几件"
        CALL = "call", "改为打电话说，不在网上写"

    class State(models.TextChoices):
        RAISED = "raised", "待复核"
        UPHELD = "upheld", "成立"
        DISMISSED = "dismissed", "不成立"
        LAPSED = "lapsed", "过期没有复核，作废"
        APPEALED = "appealed", "申诉中"
        SUSTAINED = "sustained", "申诉后仍成立"
        OVERTURNED = "overturned", "申诉后撤销"

    FLOW: ClassVar[Flow] = {
        State.RAISED: frozenset({State.UPHELD, State.DISMISSED, State.LAPSED}),
        State.UPHELD: frozenset({State.APPEALED}),
        State.APPEALED: frozenset({State.SUSTAINED, State.OVERTURNED}),
        State.DISMISSED: frozenset(),
        State.LAPSED: frozenset(),
        State.SUSTAINED: frozenset(),
        State.OVERTURNED: frozenset(),
    }
    STEPS: ClassVar[dict[str, str]] = {
        "raised": "记下",
        "upheld": "复核成立",
        "dismissed": "复核不成立",
        "lapsed": "过期作废",
        "appealed": "申诉",
        "sustained": "申诉不成立",
        "overturned": "申诉成立，撤销",
        "erased": "删除内容",
    }
    OPEN: ClassVar[tuple[str, ...]] = (State.RAISED, State.UPHELD, State.APPEALED)

    code = models.CharField(max_length=10, unique=True, default=public_code)
    order = models.ForeignKey(Order, models.PROTECT, related_name="flags")
    region_code = models.CharField(max_length=12)
    state = models.CharField(max_length=10, choices=State, default=State.RAISED)
    reason = models.CharField(max_length=10, choices=Reason)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    number_index = models.BinaryField(max_length=32, null=True)
    why = SealedText(use="conduct.why")
    decision = SealedText(use="conduct.decision")
    appeal = SealedText(use="conduct.appeal")
    answer = SealedText(use="conduct.answer")
    measure = models.CharField(max_length=8, choices=Measure, blank=True)
    per_day = models.PositiveSmallIntegerField(null=True)
    used = models.PositiveSmallIntegerField(default=0)
    used_date = models.DateField(null=True)
    flagged_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reviewed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    flagged_at = models.DateTimeField()
    review_by = models.DateTimeField()
    reviewed_at = models.DateTimeField(null=True)
    begins_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    appealed_at = models.DateTimeField(null=True)
    appeal_by = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    objects = FlagQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["order"],
                condition=Q(state__in=["raised", "upheld", "appealed"]),
                name="flag_once_per_order",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=models.F("flagged_by")),
                name="flag_reviewed_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("reviewed_by")),
                name="flag_appeal_decided_by_another",
            ),
            models.CheckConstraint(
                condition=Q(measure="") | Q(begins_at__isnull=False, ends_at__isnull=False),
                name="flag_measure_ends",
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["person"], name="flag_person", condition=~Q(measure="")),
            models.Index(fields=["number_index"], name="flag_number", condition=~Q(measure="")),
            models.Index(fields=["review_by"], name="flag_to_review", condition=Q(state="raised")),
        ]

    def __str__(self) -> str:
        return f"flag {self.code}"

    def get_absolute_url(self) -> str:
        return reverse("conduct:show", args=[self.code])

    @property
    def tone(self) -> str:
        """The tone of the tag that names the state."""
        tones = {"raised": "gold", "upheld": "blue", "sustained": "blue", "appealed": "orange"}
        return tones.get(self.state, "plain")

    @property
    def measure_words(self) -> str:
        """The measure as the person reads it."""
        if self.measure == self.Measure.LIMIT:
            return f"一天最多点 {self.per_day} 件"
        return str(self.get_measure_display())
