"""服务卡: how a person without a telephone shows at a counter who they are."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from yizhan.base import crypto
from yizhan.base.flow import Flow, Flowing
from yizhan.base.sealed import SealedText

CARD = "card.code"


class CardQuerySet(models.QuerySet["Card"]):
    def lock(self, card: "Card") -> "Card":
        """The card, locked, with its holder and the holder's community."""
        return self.with_holder().select_for_update(of=("self",)).get(pk=card.pk)

    def with_holder(self) -> "CardQuerySet":
        """With the rows that every rule reads."""
        return self.select_related("person__home")

    def in_use(self) -> "CardQuerySet":
        """Cards not given back, not lost, not replaced."""
        return self.filter(state=Card.State.ISSUED)

    def of_code(self, code: str) -> "Card | None":
        """The card in use with this tidied code."""
        return self.in_use().with_holder().filter(code_index=crypto.index(code, use=CARD)).first()


class Card(Flowing):
    """One card of one person. The code on it says nothing, and opens nothing but a counter's page.

    The code is sealed and found by its blind index. A person has one card in use at most.
    """

    class State(models.TextChoices):
        ISSUED = "issued", "使用中"
        ENDED = "ended", "已停用"

    class Ending(models.TextChoices):
        """Why a card is not in use any more."""

        LOST = "lost", "丢了"
        RETURNED = "returned", "交回"
        REPLACED = "replaced", "坏了，换新"

    FLOW: ClassVar[Flow] = {State.ISSUED: frozenset({State.ENDED}), State.ENDED: frozenset()}
    STEPS: ClassVar[dict[str, str]] = {"issued": "发卡", "ended": "停用"}

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="cards")
    state = models.CharField(max_length=8, choices=State, default=State.ISSUED)
    ending = models.CharField(max_length=8, choices=Ending, blank=True)
    code = SealedText(use=CARD, null=False)
    code_index = models.BinaryField(max_length=32, unique=True)
    issued_at = models.DateTimeField()

    objects = CardQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(state="issued"), name="card_one_in_use"
            ),
            models.CheckConstraint(
                condition=Q(state="issued", ending="") | Q(state="ended") & ~Q(ending=""),
                name="card_ended_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"card {self.pk}"

    @property
    def scope_code(self) -> str:
        return self.person.home.code if self.person.home else ""

    @property
    def number(self) -> int:
        """1 for the first card of its person: how an address names it."""
        return Card.objects.filter(person=self.person_id, pk__lte=self.pk).count()
