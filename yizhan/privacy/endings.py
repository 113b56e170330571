"""What ends of the tables that belong to no domain: messages, their log, commands."""

from datetime import datetime
from typing import Any

from django.db import models

from yizhan.base.actor import Actor
from yizhan.base.models import Command, Notice, TextMessage
from yizhan.privacy.retention import Ending, register


def _rows(code: str, model: type[models.Model], moment: str, **more: Any) -> Ending:
    """Rows that are deleted when a moment of theirs is long enough ago."""
    rows = model._default_manager.filter(**more)

    def due(cutoff: datetime, limit: int) -> list[int]:
        over = rows.filter(**{f"{moment}__lte": cutoff}).order_by("pk")
        return list(over.values_list("pk", flat=True)[:limit])

    def end(pk: int, _by: Actor, _at: datetime) -> object:
        return rows.filter(pk=pk).delete()

    return Ending(code, due, end)


register(
    _rows("notice_phone", Notice, "sent_at", to=None, print_list=""),
    _rows("notices", Notice, "sent_at"),
    _rows("text_messages", TextMessage, "at"),
    _rows("commands", Command, "at"),
)
