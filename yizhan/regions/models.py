"""The national region codes of the district, as dated rows: replaced, never edited."""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q


class RegionQuerySet(models.QuerySet["Region"]):
    def on(self, day: date) -> Self:
        """Regions valid on this day."""
        return self.filter(valid_from__lte=day).filter(Q(valid_to=None) | Q(valid_to__gt=day))

    def current(self) -> Self:
        """Regions not replaced."""
        return self.filter(valid_to=None)

    def own(self) -> Self:
        """Regions the district runs itself; what another body administers is not shown."""
        return self.filter(administered_by="")

    def communities(self) -> Self:
        """Communities, in code order."""
        return self.filter(kind=Region.Kind.COMMUNITY).order_by("code")


class Region(models.Model):
    """A district, street, town, community or village, with its national statistical code.

    The codes nest: 6 digits a district, 9 a street or town, 12 a community or village, so that a
    prefix is a scope.
    """

    class Kind(models.TextChoices):
        DISTRICT = "district", "区"
        STREET = "street", "街道"
        TOWN = "town", "镇"
        COMMUNITY = "community", "社区"
        VILLAGE = "village", "村"

    code = models.CharField(max_length=12)
    name = models.CharField(max_length=40)
    kind = models.CharField(max_length=10, choices=Kind)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    administered_by = models.CharField(max_length=40, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    objects = RegionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["code"], condition=Q(valid_to=None), name="region_code_once"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def short_name(self) -> str:
        """The name as people say it: 渭工路社区 instead of 渭工路社区居委会."""
        name = self.name
        for ending in ("居民委员会", "居委会", "村民委员会", "村委会"):
            if name.endswith(ending):
                stem = name.removesuffix(ending)
                return stem + "村" if ending.startswith("村") else stem
        return name


class Boundary(models.Model):
    """The outline of a region: rings of [longitude, latitude] in degrees, CGCS2000 (= WGS-84)."""

    region = models.OneToOneField(Region, models.CASCADE)
    rings = models.JSONField()
    source = models.CharField(max_length=120)

    def __str__(self) -> str:
        return f"boundary of {self.region}"
