"""Requests about one's own data, led as far as a test needs; and a sweep over all that is kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps

from yizhan.base.models import Notice
from yizhan.base.sealed import SealedText
from yizhan.privacy import operations
from yizhan.privacy.models import DataRequest

WORDS = "三号那天为什么没有人来"


@dataclass
class Case:
    """One request that waits, and who asked it."""

    world: Any
    at: datetime
    person: Any
    asked: DataRequest

    @classmethod
    def of(cls, world: Any, at: datetime, kind: str, who: str) -> "Case":
        by = getattr(world.by, who)
        asked = operations.file_request(kind=kind, words=WORDS, by=by, at=at)
        return cls(world, at, getattr(world, who), asked)


def sealed_texts() -> Iterator[tuple[str, str]]:
    """Every sealed text of every model that still opens, with the name of its column."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, SealedText):
                rows = model._base_manager.exclude(**{field.attname: None})
                for sealed in rows.values_list(field.attname, flat=True):
                    yield f"{model._meta.label_lower}.{field.attname}", sealed.open()


def plain_texts() -> Iterator[tuple[str, str]]:
    """Every row of every model of ours as text, without the sealed columns."""
    for model in apps.get_models():
        if model.__module__.startswith(("yizhan.", "allauth.", "django.contrib.sessions")):
            for row in model._base_manager.all().values():
                yield model._meta.label_lower, repr(row)


def told() -> list[tuple[str, Any]]:
    """The notices about requests, as pairs of kind and person, or number."""
    rows = Notice.objects.filter(kind__startswith="request_").order_by("pk")
    return [(one.kind, one.to_id or one.phone.open()) for one in rows]
