from importlib import import_module

from django.apps import AppConfig


class DisputesConfig(AppConfig):
    name = "yizhan.disputes"
    label = "disputes"

    def ready(self) -> None:
        for name in ("notices", "beside"):
            import_module(f"yizhan.disputes.{name}")
