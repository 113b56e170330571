"""The invitations to take an order."""

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from yizhan.base.actor import Actor
from yizhan.base.flow import Flow, Flowing
from yizhan.people.models import Person


class Invitation(Flowing):
    """One person asked to take one order, or to take it over. Declining is free.

    Who declined is known to that person alone: the steps are the invitation's own, so that not
    even the order's version tells.
    """

    class State(models.TextChoices):
        SENT = "sent", "等您回应"
        ACCEPTED = "accepted", "已接单"
        DECLINED = "declined", "已谢绝"
        LAPSED = "lapsed", "已失效"

    FLOW: ClassVar[Flow] = {
        State.SENT: frozenset({State.ACCEPTED, State.DECLINED, State.LAPSED}),
        State.ACCEPTED: frozenset(),
        State.DECLINED: frozenset(),
        State.LAPSED: frozenset(),
    }
    STEPS: ClassVar[dict[str, str]] = {
        "invited": "邀请接单",
        "accepted": "接单",
        "declined": "谢绝",
        "lapsed": "失效",
    }
    PRIVATE: ClassVar[frozenset[str]] = frozenset({"declined"})

    order = models.ForeignKey("orders.Order", models.PROTECT, related_name="invitations")
    round = models.PositiveSmallIntegerField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="invitations")
    state = models.CharField(max_length=10, choices=State, default=State.SENT)
    is_hand_over = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["order", "round", "person"], name="invitation_once_per_round"
            )
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["person"], name="invitation_waiting", condition=Q(state="sent"))
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk} to {self.order}"

    @property
    def scope_code(self) -> str:
        code: str = self.order.region_code
        return code

    @classmethod
    def lapse(cls, order: int, *, by: Actor, at: datetime) -> None:
        """Nobody need answer any more: what was sent for the order with this id lapses."""
        sent = cls.objects.filter(order=order, state=cls.State.SENT).select_related("order")
        for invitation in sent:
            invitation.move(cls.State.LAPSED, by=by, at=at)
