from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.core import checks
from django.core.exceptions import ImproperlyConfigured

from yizhan.ladder import plan


class LadderConfig(AppConfig):
    name = "yizhan.ladder"
    label = "ladder"

    def ready(self) -> None:
        for module in ("notices", "case", "holdings", "jobs"):
            import_module(f"yizhan.ladder.{module}")
        checks.register(plan_of_the_pack)


def plan_of_the_pack(**_: Any) -> list[checks.CheckMessage]:
    """Nothing starts with a district's plan that cannot be read."""
    try:
        plan.plan()
    except ImproperlyConfigured as wrong:
        return [checks.Error(str(wrong), id="ladder.E001")]
    return []
