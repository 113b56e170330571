from importlib import import_module

from django.apps import AppConfig


class CallbacksConfig(AppConfig):
    name = "yizhan.callbacks"
    label = "callbacks"

    def ready(self) -> None:
        for module in ("notices", "case", "holdings", "metrics", "jobs"):
            import_module(f"yizhan.callbacks.{module}")
