from importlib import import_module

from django.apps import AppConfig


class ConductConfig(AppConfig):
    name = "yizhan.conduct"
    label = "conduct"

    def ready(self) -> None:
        for module in ("notices", "case", "gate", "holdings", "jobs"):
            import_module(f"yizhan.conduct.{module}")
