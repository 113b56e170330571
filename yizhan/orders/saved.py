"""A person's own ways to look at the table of orders."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from yizhan.people.models import Person


class SavedFilter(models.Model):
    """A name and the words of an address, kept by one person until they take it away."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    name = models.CharField(max_length=20)
    query = models.CharField(max_length=200)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "orders"
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["person", "name"],
                condition=Q(ended_at=None),
                name="filter_once_per_name",
            )
        ]

    def __str__(self) -> str:
        return self.name
