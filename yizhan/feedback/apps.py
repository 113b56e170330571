from importlib import import_module

from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    name = "yizhan.feedback"
    label = "feedback"

    def ready(self) -> None:
        for name in ("notices", "holdings"):
            import_module(f"yizhan.feedback.{name}")
