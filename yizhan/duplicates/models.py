"""The vectors of orders, and the pairs of orders that may be about the same."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from yizhan.base.actor import Actor
from yizhan.base.flow import Recorded
from yizhan.base.sealed import SealedText
from yizhan.orders.models import Order
from yizhan.orders.states import OPEN, TRIAGE
from yizhan.people.models import Person

STREET_DIGITS = 9


class OrderVector(models.Model):
    """What the words of one order are like, sealed.

    `position` grows with every change in the order of commits, so that a process which has read
    as far as one position finds all that changed since. `is_public`: a resident may be told that
    there is such an order. `made_by`: the versions of the engine. Without a `vector` the words
    were erased, and whoever still has it in memory takes it out.
    """

    order = models.OneToOneField(Order, models.PROTECT, primary_key=True, related_name="vector")
    street = models.CharField(max_length=STREET_DIGITS)
    position = models.BigIntegerField()
    is_public = models.BooleanField(default=False)
    made_by = models.CharField(max_length=8)
    vector = SealedText(use="duplicates.vector")

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["street", "position"], name="vector_cursor"),
            models.Index(fields=["street"], name="vector_public", condition=Q(is_public=True)),
        ]

    def __str__(self) -> str:
        return f"vector of order {self.pk}"


class PairQuerySet(models.QuerySet["Pair"]):
    def lock(self, pair: "Pair") -> "Pair":
        """The row, locked, with both orders."""
        return self.with_orders().select_for_update(of=("self",)).get(pk=pair.pk)

    def with_orders(self) -> Self:
        """With both orders and the names their lines show."""
        ends = ("older", "newer")
        names = ("category", "region", "station")
        return self.select_related(*(f"{end}__{name}" for end in ends for name in names))

    def of(self, order: Order) -> Self:
        """The pairs that this order is in and that nobody told apart."""
        return self.filter(Q(older=order) | Q(newer=order), apart_at=None)

    def to_merge(self) -> Self:
        """Where one could still be merged into the other."""
        folds = Q(newer__state__in=TRIAGE, older__state__in=OPEN)
        folds |= Q(older__state__in=TRIAGE, newer__state__in=OPEN)
        return self.filter(folds, apart_at=None)

    def visible_to(self, by: Actor, at: datetime) -> Self:
        """Where the actor triages both orders; nobody else sees what is alike."""
        if not (by.may("orders.triage") and by.area) or by.on_behalf_of is not None:
            return self.none()
        seen = Order.objects.visible_to(by, at).filter(region_code__startswith=by.area)
        return self.filter(older__in=seen, newer__in=seen)


class Pair(Recorded):
    """Two orders of one street that may be about the same, and by what they are alike.

    `words` and `meaning` are the two likenesses from 0 to 1. Whoever says that they are not the
    same parts them for good: `apart_at`, `apart_by`.
    """

    STEPS: ClassVar[dict[str, str]] = {
        "found_alike": "发现可能重复",
        "told_apart": "认定不是同一件",
    }

    class Why(models.TextChoices):
        WORDS = "words", "说法相近"
        MEANING = "meaning", "意思相近"
        BOTH = "both", "说法和意思都相近"

    older = models.ForeignKey(Order, models.PROTECT, related_name="+")
    newer = models.ForeignKey(Order, models.PROTECT, related_name="+")
    region_code = models.CharField(max_length=12)
    why = models.CharField(max_length=8, choices=Why)
    words = models.FloatField()
    meaning = models.FloatField()
    same_place = models.BooleanField()
    found_at = models.DateTimeField()
    apart_at = models.DateTimeField(null=True)
    apart_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = PairQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["older", "newer"], name="pair_once"),
            models.CheckConstraint(condition=Q(older__lt=F("newer")), name="pair_in_order"),
        ]

    def __str__(self) -> str:
        return f"orders {self.older_id} and {self.newer_id}"

    @property
    def reason(self) -> str:
        """Why they may be about the same, in words."""
        place = "，地点相同" if self.same_place else ""
        return f"{self.get_why_display()}{place}"

    def other(self, order: Order) -> Order:
        """The other one of the two."""
        return self.newer if self.older_id == order.pk else self.older
