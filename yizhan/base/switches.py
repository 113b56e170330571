"""Which modules are on: for the whole district, or for one region and what lies below it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from yizhan.base.actor import Actor
from yizhan.base.flow import Recorded


class Switch(Recorded):
    """One decision about one module in one region. The longest matching region code wins.

    `is_on` is None where a decision was taken back: the region follows the one above it again.
    """

    STEPS: ClassVar[dict[str, str]] = {
        "switched_on": "打开",
        "switched_off": "关闭",
    }

    module = models.CharField(max_length=30)
    region_code = models.CharField(max_length=12)
    is_on = models.BooleanField(null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["module", "region_code"], name="switch_once_per_region")
        ]

    def __str__(self) -> str:
        return f"{self.module} {self.region_code} {'on' if self.is_on else 'off'}"


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision in force."""

    module: str
    region_code: str
    is_on: bool


_kept: ContextVar[list[tuple[Decision, ...]] | None] = ContextVar("switches", default=None)


@contextmanager
def asked_once() -> Iterator[None]:
    """Until the block ends the database is asked at most once: a request sees one set of switches.

    Nothing is kept longer, so that every process sees a change with its next request.
    """
    token = _kept.set([])
    try:
        yield
    finally:
        _kept.reset(token)


def decisions() -> tuple[Decision, ...]:
    """Every decision in force, the wider region first."""
    kept = _kept.get()
    if kept:
        return kept[0]
    rows = Switch.objects.exclude(is_on=None).values_list("module", "region_code", "is_on")
    found = [Decision(module, code, bool(on)) for module, code, on in rows]
    answer = tuple(sorted(found, key=lambda one: len(one.region_code)))
    if kept is not None:
        kept.append(answer)
    return answer


def ask_again() -> None:
    """Forget what was asked: something has changed, or what follows must not rely on it."""
    if kept := _kept.get():
        kept.clear()


def is_on(module: str, region_code: str = "") -> bool:
    """Whether a module is on in a region; everything is on until someone switches it off."""
    code = region_code or settings.DISTRICT
    answer = True
    for one in decisions():
        if one.module == module and code.startswith(one.region_code):
            answer = one.is_on
    return answer


def runs(module: str, area: str = "") -> bool:
    """Whether a module is on in a region or anywhere below it; without a region, anywhere."""
    area = area or settings.DISTRICT
    return is_on(module, area) or any(
        one.is_on
        for one in decisions()
        if one.module == module and one.region_code.startswith(area)
    )


def where_on(module: str, field: str) -> models.Q:
    """The rows whose region, named by `field`, has the module on. No condition while all have."""
    rows = models.Q()
    for one in decisions():
        if one.module != module:
            continue
        below = models.Q(**{f"{field}__startswith": one.region_code})
        if not one.is_on:
            rows &= ~below
        elif rows:
            rows |= below
    return rows


def set_module(*, module: str, region_code: str, on: bool, by: Actor, at: datetime) -> Switch:
    """Switch a module on or off for a region and what lies below it, with its step.

    A decision that says what the region above says anyway is taken back instead of kept. The
    caller has asked whether `by` may, and holds a transaction.
    """
    row, is_new = Switch.objects.get_or_create(module=module, region_code=region_code)
    switch = Switch.objects.select_for_update().get(pk=row.pk)
    above = True
    for one in _above(module, region_code):
        above = bool(one.is_on)
    switch.is_on = None if on == above else on
    kind = "switched_on" if on else "switched_off"
    if is_new:
        switch.save(update_fields=["is_on"])
        switch.begin(kind, by=by, at=at, module=module)
    else:
        switch.note(kind, by=by, at=at, saving=("is_on",), module=module)
    ask_again()
    return switch


def _above(module: str, region_code: str) -> list[Switch]:
    """The decisions of wider regions, the widest first."""
    codes = [region_code[:length] for length in range(len(region_code))]
    rows = Switch.objects.filter(module=module, region_code__in=codes).exclude(is_on=None)
    return sorted(rows, key=lambda one: len(one.region_code))
