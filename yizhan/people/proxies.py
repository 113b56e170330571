"""家人代办: one person lets a member of the family act for them, in part and for a time."""

from datetime import date
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from yizhan.base import crypto
from yizhan.base.flow import Flow, Flowing
from yizhan.base.sealed import SealedText

PROXY = "proxy.code"


class Scope(models.TextChoices):
    """What may be done for another person."""

    ORDER = "order", "点单、补充、撤回、请再办"
    RATE = "rate", "评单"
    PICK_UP = "pick_up", "领东西"


class How(models.TextChoices):
    """How the person was there for whom something was done."""

    CARD = "card", "出示了服务卡"
    IN_PERSON = "in_person", "本人在场"
    PHONE = "phone", "本人来电"
    FAMILY = "family", "家人代办"


class ProxyQuerySet(models.QuerySet["Proxy"]):
    def lock(self, proxy: "Proxy") -> "Proxy":
        """The row, locked, with what the rules read."""
        return self.with_names().select_for_update(of=("self",)).get(pk=proxy.pk)

    def with_names(self) -> "ProxyQuerySet":
        """With both persons and the principal's community."""
        return self.select_related("principal__home", "agent")

    def in_force(self, day: date) -> "ProxyQuerySet":
        """Taken on, and not yet over on this day."""
        return self.filter(state=Proxy.State.ACTIVE, since_date__lte=day, until_date__gte=day)

    def standing(self, day: date) -> "ProxyQuerySet":
        """Not ended: in force, or waiting to be taken on."""
        return self.exclude(state=Proxy.State.ENDED).filter(until_date__gte=day)

    def of_code(self, code: str) -> "Proxy | None":
        """The proxy that waits to be taken on under this tidied code."""
        waiting = self.filter(state=Proxy.State.OFFERED).with_names()
        return waiting.filter(code_index=crypto.index(code, use=PROXY)).first()


class Proxy(Flowing):
    """What one person, the principal, lets another, the agent, do for them until a day.

    Offered by the principal, or on paper at a counter with a member of staff as witness. Whoever
    has the code takes it on, once. Either side ends it at any time.
    """

    class State(models.TextChoices):
        OFFERED = "offered", "等家人接受"
        ACTIVE = "active", "代办中"
        ENDED = "ended", "已终止"

    FLOW: ClassVar[Flow] = {
        State.OFFERED: frozenset({State.ACTIVE, State.ENDED}),
        State.ACTIVE: frozenset({State.ENDED}),
        State.ENDED: frozenset(),
    }
    STEPS: ClassVar[dict[str, str]] = {
        "entrusted": "委托家人",
        "taken_on": "接受委托",
        "ended": "终止",
    }

    principal = models.ForeignKey("people.Person", models.PROTECT, related_name="proxies")
    agent = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="mandates")
    witness = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    scopes = ArrayField(models.CharField(max_length=8, choices=Scope))
    state = models.CharField(max_length=8, choices=State, default=State.OFFERED)
    code = SealedText(use=PROXY, null=False)
    code_index = models.BinaryField(max_length=32, unique=True)
    since_date = models.DateField()
    until_date = models.DateField()
    offered_at = models.DateTimeField()

    objects = ProxyQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(agent=None) | ~Q(agent=F("principal")), name="proxy_of_another"
            ),
            models.CheckConstraint(
                condition=~Q(state="active") | Q(agent__isnull=False), name="proxy_has_agent"
            ),
            models.CheckConstraint(
                condition=Q(until_date__gte=F("since_date")), name="proxy_ends_after_it_begins"
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["agent"], name="proxy_of_agent", condition=Q(state="active"))
        ]

    def __str__(self) -> str:
        return f"proxy {self.pk}"

    @property
    def scope_code(self) -> str:
        return self.principal.home.code if self.principal.home else ""

    @property
    def number(self) -> int:
        """1 for the first that its principal gave: how an address names it."""
        return Proxy.objects.filter(principal=self.principal_id, pk__lte=self.pk).count()

    @property
    def allowed(self) -> str:
        """What it lets the agent do, in words."""
        return "；".join(Scope(scope).label for scope in self.scopes)

    @property
    def is_on_paper(self) -> bool:
        """Whether it was given at a counter before a witness."""
        return self.witness_id is not None

    @property
    def shown_code(self) -> str:
        """The code by which the family takes it on. Show it to principal and witness only."""
        code: str = self.code.open()
        return code
