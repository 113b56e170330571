"""The three kinds of whistle, and how long a unit that was called has for its answer."""

import tomllib
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from django.db import models

from yizhan.clocks.calendar import OfficeHours, add_working

FILE = Path(__file__).with_name("reference") / "kinds.toml"


class Kind(models.TextChoices):
    """日常, 攻坚, 应急."""

    ROUTINE = "routine", "日常"
    ASSAULT = "assault", "攻坚"
    EMERGENCY = "emergency", "应急"


@cache
def _lengths() -> dict[str, dict[str, int]]:
    read: dict[str, dict[str, int]] = tomllib.loads(FILE.read_text("utf-8"))
    return read


def answer_by(kind: str, at: datetime, office_hours: OfficeHours) -> datetime:
    """Until when a unit called at this moment must answer."""
    row = _lengths()[kind]
    if "hours" in row:
        return at + timedelta(hours=row["hours"])
    return add_working(at, days=row["days"], office_hours=office_hours)


def in_words(kind: str) -> str:
    """The same as people say it: 「1 小时内」, 「2 个工作日内」."""
    row = _lengths()[kind]
    return f"{row['hours']} 小时内" if "hours" in row else f"{row['days']} 个工作日内"
