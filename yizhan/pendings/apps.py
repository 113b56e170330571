from importlib import import_module

from django.apps import AppConfig


class PendingsConfig(AppConfig):
    name = "yizhan.pendings"
    label = "pendings"

    def ready(self) -> None:
        for module in ("notices", "case", "holdings", "jobs"):
            import_module(f"yizhan.pendings.{module}")
