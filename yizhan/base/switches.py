"""Which modules are on: for the whole district, or for one region and what lies below it."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

CORE = "core"


class Switch(models.Model):
    """One decision about one module in one region. The longest matching region code wins."""

    module = models.CharField(max_length=30)
    region_code = models.CharField(max_length=12)
    is_on = models.BooleanField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["module", "region_code"], name="switch_once_per_region")
        ]

    def __str__(self) -> str:
        return f"{self.module} {self.region_code} {'on' if self.is_on else 'off'}"


def is_on(module: str, region_code: str = "") -> bool:
    """Whether a module is on in a region; everything is on until someone switches it off."""
    code = region_code or settings.DISTRICT
    decisions = [
        row for row in Switch.objects.filter(module=module) if code.startswith(row.region_code)
    ]
    return max(decisions, key=lambda row: len(row.region_code)).is_on if decisions else True


def set_module(*, module: str, region_code: str, on: bool) -> Switch:
    """Switch a module on or off for a region and what lies below it."""
    return Switch.objects.update_or_create(
        module=module, region_code=region_code, defaults={"is_on": on}
    )[0]


def off_modules() -> frozenset[str]:
    """The modules that are off for the whole district, in one query."""
    return frozenset(
        Switch.objects.filter(region_code=settings.DISTRICT, is_on=False).values_list(
            "module", flat=True
        )
    )
