from importlib import import_module

from django.apps import AppConfig


class WhistlesConfig(AppConfig):
    name = "yizhan.whistles"
    label = "whistles"

    def ready(self) -> None:
        for name in ("notices", "beside"):
            import_module(f"yizhan.whistles.{name}")
