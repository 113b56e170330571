"""Categories of orders, two levels, with the exits for what does not belong here; the table."""

from typing import Any, ClassVar, Self

from django.db import models

from yizhan.routing.table import RoutingRule as RoutingRule
from yizhan.routing.table import RoutingTable as RoutingTable


class CategoryQuerySet(models.QuerySet["Category"]):
    def current(self) -> Self:
        """Categories in use, in the order the district gave them."""
        return self.filter(ended_date=None).order_by("position", "pk")

    def groups(self) -> Self:
        """The first level, which residents choose from."""
        return self.current().filter(parent=None)

    def leaves(self) -> Self:
        """The second level, which staff choose from, with its group."""
        below = self.current().filter(exit="").exclude(parent=None).select_related("parent")
        return below.order_by("parent__position", "position", "pk")


class Category(models.Model):
    """What an order is about. `brief` replaces the resident's words before anyone has accepted.

    `arrange_hours` are working hours until a unit has it, `finish_days` working days until it is
    done. `exit` marks matters that get an answer at once instead of an order: `numbers` lists
    telephone numbers as [number, name] pairs, `exit_words` says where to go.
    """

    class Exit(models.TextChoices):
        NONE = "", "本平台办理"
        EMERGENCY = "emergency", "紧急求助"
        ELSEWHERE = "elsewhere", "到别处办"

    class Handler(models.TextChoices):
        COMMUNITY = "community", "社区"
        BRANCH = "branch", "党支部"
        TEAM = "team", "志愿服务队"
        PROPERTY = "property", "物业企业"
        DEPARTMENT = "department", "区级部门"

    code = models.CharField(max_length=30, unique=True)
    name = models.CharField(max_length=20)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    brief = models.CharField(max_length=30)
    hint = models.CharField(max_length=60, blank=True)
    icon = models.CharField(max_length=30)
    skill = models.CharField(max_length=20, blank=True)
    handler = models.CharField(max_length=12, choices=Handler, default=Handler.COMMUNITY)
    needs_visit = models.BooleanField(default=False)
    is_sensitive = models.BooleanField(default=False)
    arrange_hours = models.PositiveSmallIntegerField(default=8)
    finish_days = models.PositiveSmallIntegerField(default=5)
    exit = models.CharField(max_length=12, choices=Exit, default=Exit.NONE, blank=True)
    exit_words = models.CharField(max_length=120, blank=True)
    numbers = models.JSONField(default=list)
    position = models.PositiveSmallIntegerField(default=0)
    ended_date = models.DateField(null=True)

    objects = CategoryQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=models.Q(exit="") | ~models.Q(exit_words=""),
                name="category_exit_has_words",
            )
        ]

    def __str__(self) -> str:
        return self.name
