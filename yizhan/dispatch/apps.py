from importlib import import_module

from django.apps import AppConfig


class DispatchConfig(AppConfig):
    name = "yizhan.dispatch"
    label = "dispatch"

    def ready(self) -> None:
        import_module("yizhan.dispatch.doors")
        import_module("yizhan.dispatch.holdings")
