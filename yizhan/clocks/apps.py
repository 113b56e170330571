from typing import Any

from django.apps import AppConfig
from django.core import checks
from django.core.exceptions import ImproperlyConfigured

from yizhan.clocks import allowances


class ClocksConfig(AppConfig):
    name = "yizhan.clocks"
    label = "clocks"

    def ready(self) -> None:
        allowances.register(allowances.SHIPPED)
        checks.register(lengths_of_the_pack)


def lengths_of_the_pack(**_: Any) -> list[checks.CheckMessage]:
    """Nothing starts with a district's lengths that cannot be read."""
    try:
        allowances.check()
    except ImproperlyConfigured as wrong:
        return [checks.Error(str(wrong), id="clocks.E001")]
    return []
