"""What people ask about their own data, and what became of it."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from yizhan.base.actor import Actor
from yizhan.base.codes import public_code
from yizhan.base.flow import Flow, Flowing
from yizhan.base.sealed import SealedText
from yizhan.people.models import Person

DESK = "privacy.requests"
STREET = 9


class DataRequestQuerySet(models.QuerySet["DataRequest"]):
    def lock(self, asked: "DataRequest") -> "DataRequest":
        """The row, locked, with whom it is about."""
        return self.with_names().select_for_update(of=("self",)).get(pk=asked.pk)

    def with_names(self) -> Self:
        """With the persons every page names."""
        return self.select_related("person", "entered_by")

    def own(self, by: Actor) -> Self:
        """What this person has asked, themselves or through staff."""
        return self.filter(person=by.person_id or 0)

    def at_desk(self, by: Actor) -> Self:
        """What a desk deals with: its area, and for a street or wider also who has no home here.

        Whoever wrote a request down follows it wherever it belongs.
        """
        if not by.may(DESK) or not by.area:
            return self.none()
        here = Q(region_code__startswith=by.area) | Q(entered_by=by.person_id or 0)
        if len(by.area) <= STREET:
            here |= Q(region_code=settings.DISTRICT)
        return self.filter(here)

    def about(self, record: models.Model) -> Self:
        """What was asked about one record of somebody without an account."""
        return self.filter(subject_type=record._meta.label_lower, subject_id=record.pk)

    def waiting(self) -> Self:
        """Neither answered nor withdrawn."""
        return self.filter(state=DataRequest.State.RECEIVED)


class DataRequest(Flowing):
    """One request of one person about their data: a copy, a correction, an end, an explanation.

    It concerns a person, or for who has no account one record (`subject_type`, `subject_id`) found
    by its receipt. `identity` says how staff made sure of who asks. `due_at` is the promise as it
    was given: fifteen working days. The words are sealed; answers and reasons are remarks.
    """

    class Kind(models.TextChoices):
        COPY = "copy", "要一份自己的信息"
        CORRECT = "correct", "更正写错的信息"
        DELETE = "delete", "删除信息"
        CLOSE = "close", "注销账号"
        EXPLAIN = "explain", "请说明为什么"

    class State(models.TextChoices):
        RECEIVED = "received", "待答复"
        DONE = "done", "已答复"
        REFUSED = "refused", "不能办"
        WITHDRAWN = "withdrawn", "不用办了"

    class Identity(models.TextChoices):
        SIGNED_IN = "signed_in", "本人登录"
        IN_PERSON = "in_person", "当面核对"
        BY_PHONE = "by_phone", "打登记的电话核对"

    ENDING: ClassVar[frozenset[str]] = frozenset({Kind.DELETE, Kind.CLOSE})
    FLOW: ClassVar[Flow] = {
        State.RECEIVED: frozenset({State.DONE, State.REFUSED, State.WITHDRAWN}),
        State.DONE: frozenset(),
        State.REFUSED: frozenset(),
        State.WITHDRAWN: frozenset(),
    }
    STEPS: ClassVar[dict[str, str]] = {
        "received": "提出",
        "done": "答复",
        "refused": "说明不能办",
        "withdrawn": "撤回",
    }

    code = models.CharField(max_length=10, unique=True, default=public_code)
    kind = models.CharField(max_length=8, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.RECEIVED)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="data_requests")
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.BigIntegerField(null=True)
    entered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    identity = models.CharField(max_length=10, choices=Identity)
    words = SealedText(use="request.words")
    region_code = models.CharField(max_length=12)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = DataRequestQuerySet.as_manager()

    class Meta:
        app_label = "privacy"
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(subject_id__isnull=False),
                name="request_is_about_somebody",
            ),
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=Q(state="received", person__isnull=False),
                name="request_once_while_it_waits",
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["due_at"], name="request_due", condition=Q(state="received")),
            models.Index(fields=["person", "-id"], name="request_of_person"),
        ]

    def __str__(self) -> str:
        return f"request {self.code}"

    def get_absolute_url(self) -> str:
        return reverse("privacy:progress", args=[self.code])

    @property
    def is_ending(self) -> bool:
        """Whether what is asked for is that the data end."""
        return self.kind in self.ENDING
