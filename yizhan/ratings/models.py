"""好差评: five levels and "was it solved?", given by the person served and by nobody else."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from yizhan.base.steps import AppendOnly, Remark, append_only


class Level(models.IntegerChoices):
    """The five words of the national 好差评; the lowest two are negative."""

    VERY_GOOD = 5, "非常满意"
    GOOD = 4, "满意"
    FAIR = 3, "基本满意"
    BAD = 2, "不满意"
    VERY_BAD = 1, "非常不满意"


class Solved(models.TextChoices):
    """The second question of a rating."""

    YES = "yes", "解决了"
    PARTLY = "partly", "解决了一部分"
    NO = "no", "没有解决"


class Rating(AppendOnly):
    """One rating of one round of one subject. Reopening gives a new round and a new rating.

    Whoever was rated never reads it; the offices that answer for the work do.
    `given_by` is who gave it for the person, at a counter or as family.
    """

    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    round = models.PositiveSmallIntegerField()
    level = models.PositiveSmallIntegerField(choices=Level)
    solved = models.CharField(max_length=8, choices=Solved)
    words = models.OneToOneField(Remark, models.PROTECT, null=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "round"], name="rating_once_per_round"
            ),
            models.CheckConstraint(
                condition=models.Q(level__range=(1, 5)), name="rating_level_one_to_five"
            ),
        ]
        triggers: ClassVar[list[Any]] = append_only()

    def __str__(self) -> str:
        return f"{self.subject_type}:{self.subject_id} round {self.round}"


class SetApart(AppendOnly):
    """A rating found not to speak of the work it was given for: no figure counts it any more.

    The rating itself stays as it was given, and how many were set apart stands beside each figure.
    """

    rating = models.OneToOneField(Rating, models.PROTECT, related_name="set_apart")
    at = models.DateTimeField()

    class Meta:
        triggers: ClassVar[list[Any]] = append_only()

    def __str__(self) -> str:
        return f"{self.rating} set apart"
