"""您说我办: what was asked and what was done, in words that everybody may read."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from yizhan.base.actor import Actor
from yizhan.base.codes import public_code
from yizhan.base.flow import Flow, Flowing
from yizhan.base.switches import where_on
from yizhan.orders.models import Order
from yizhan.people.models import Person
from yizhan.privacy.models import Consent
from yizhan.regions.models import Region
from yizhan.routing.models import Category

PURPOSE = "public_story"


class AnswerQuerySet(models.QuerySet["Answer"]):
    def lock(self, answer: "Answer") -> "Answer":
        """The row, locked, with what every rule reads."""
        return self.with_names().select_for_update(of=("self",)).get(pk=answer.pk)

    def with_names(self) -> Self:
        """With the rows whose names every page shows."""
        return self.select_related("order__category", "category__parent", "region")

    def may_be_told(self, consents: models.QuerySet[Consent]) -> Self:
        """Those that tell of nobody, and the stories whose asker has agreed without a break.

        `consents` are the lines of the ledger that count now. Whoever agrees again after taking it
        back agrees to what comes, not to the story that was taken down.
        """
        mine = {"person": OuterRef("order__author"), "purpose": PURPOSE, "ward_code": ""}
        taken_back = Consent.objects.filter(
            **mine, kind=Consent.Kind.WITHDRAWN, seq__gt=OuterRef("consent__seq")
        )
        agreed = Exists(consents.filter(person=OuterRef("order__author"))) & ~Exists(taken_back)
        return self.filter(Q(kind=Answer.Kind.GENERAL) | (Q(consent__isnull=False) & agreed))

    def public(self, consents: models.QuerySet[Consent]) -> Self:
        """What everybody may read now; the one question that every public page asks."""
        shown = self.filter(where_on("orders", "region_code"), state=Answer.State.PUBLISHED)
        return shown.may_be_told(consents)

    def visible_to(self, by: Actor) -> Self:
        """The answers of the actor's area, for posts that write them."""
        if not (by.may("orders.dispatch") and by.area):
            return self.none()
        here = Q(region_code__startswith=by.area)
        return self.filter(here, where_on("orders", "region_code"))


class Answer(Flowing):
    """One finished order as everybody may read it: what was asked, what was done, the month.

    `general` tells of nobody: any neighbour could have said it. `story` tells of one person's
    matter; `consent` is the line of the ledger under which it was let out. Two persons stand behind
    each. Never the day, never the place of the person.
    """

    class Kind(models.TextChoices):
        GENERAL = "general", "一般答复，不讲哪一家的事"
        STORY = "story", "讲一个人的事，要本人同意"

    class State(models.TextChoices):
        WAITING = "waiting", "等另一人看"
        DRAFT = "draft", "要改"
        PUBLISHED = "published", "已公开"
        RETIRED = "retired", "已撤下"

    class Reason(models.TextChoices):
        ASKED = "asked", "本人不愿意公开"
        TELLING = "telling", "看得出是谁"
        WRONG = "wrong", "写得不对"
        OUTDATED = "outdated", "过时了"
        ERASED = "erased", "原来的单子已删除"

    FLOW: ClassVar[Flow] = {
        State.WAITING: frozenset({State.PUBLISHED, State.DRAFT, State.RETIRED}),
        State.DRAFT: frozenset({State.WAITING, State.RETIRED}),
        State.PUBLISHED: frozenset({State.RETIRED}),
        State.RETIRED: frozenset(),
    }
    STEPS: ClassVar[dict[str, str]] = {
        "written": "写好",
        "rewritten": "改好",
        "sent_back": "退回修改",
        "published": "同意公开",
        "retired": "撤下",
        "taken_down": "点单人要求撤下",
        "erased": "删除内容",
    }
    STANDING: ClassVar[tuple[str, ...]] = (State.WAITING, State.DRAFT, State.PUBLISHED)

    code = models.CharField(max_length=10, unique=True, default=public_code)
    order = models.ForeignKey(Order, models.PROTECT, related_name="answers")
    kind = models.CharField(max_length=8, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    title = models.CharField(max_length=30)
    asked = models.CharField(max_length=200)
    done = models.CharField(max_length=300)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    region_code = models.CharField(max_length=12)
    category = models.ForeignKey(Category, models.PROTECT, related_name="+")
    month_date = models.DateField()
    consent = models.ForeignKey(Consent, models.PROTECT, null=True, related_name="+")
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    published_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=10, choices=Reason, blank=True)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["order"],
                condition=~Q(state="retired"),
                name="answer_once_per_order",
            ),
            models.CheckConstraint(
                condition=~Q(state="published")
                | (Q(published_by__isnull=False) & ~Q(published_by=models.F("written_by"))),
                name="answer_published_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=~Q(state="published", kind="story") | Q(consent__isnull=False),
                name="answer_story_has_consent",
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(
                fields=["-published_at", "-id"],
                name="answer_public",
                condition=Q(state="published"),
            )
        ]

    def __str__(self) -> str:
        return f"answer {self.code}"

    def get_absolute_url(self) -> str:
        return reverse("answers:show", args=[self.code])

    @property
    def group(self) -> Category:
        """What it was about, as residents choose it."""
        return self.category.parent or self.category

    @property
    def texts(self) -> tuple[str, str, str]:
        """All that others read."""
        return self.title, self.asked, self.done

    @property
    def tone(self) -> str:
        """The tone of the tag that names the state."""
        tones = {"waiting": "gold", "draft": "orange", "published": "teal"}
        return tones.get(self.state, "plain")
