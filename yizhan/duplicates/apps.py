from importlib import import_module

from django.apps import AppConfig


class DuplicatesConfig(AppConfig):
    name = "yizhan.duplicates"
    label = "duplicates"

    def ready(self) -> None:
        for name in ("beside", "endings", "holdings"):
            import_module(f"yizhan.duplicates.{name}")
