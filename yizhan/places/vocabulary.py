"""The words a district describes its stations with: kept as reference data, never in code."""

from typing import Any, ClassVar, Self

from django.db import models


class TermQuerySet(models.QuerySet[Any]):
    def current(self) -> Self:
        """Terms not retired, in the order of the reference file."""
        return self.filter(is_retired=False)


class Term(models.Model):
    """One word of a vocabulary. Retired words stay for the records that use them."""

    code = models.CharField(max_length=30, unique=True)
    name = models.CharField(max_length=20)
    icon = models.CharField(max_length=30, blank=True)
    position = models.PositiveSmallIntegerField()
    is_retired = models.BooleanField(default=False)

    objects = TermQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering: ClassVar[list[str]] = ["position"]

    def __str__(self) -> str:
        return self.name


class StationType(Term):
    """How a station is built: kiosk, with a public toilet, hosted in a hall, functional."""


class FacilityKind(Term):
    """A kind of facility. `is_main` puts it among the filters; `osm` is its OpenStreetMap tag."""

    is_main = models.BooleanField(default=False)
    osm = models.CharField(max_length=60, blank=True)


class ServiceKind(Term):
    """What is done for people in a station: party education, volunteering, health."""


class Audience(Term):
    """For whom a station is: residents, couriers, drivers, travellers."""
