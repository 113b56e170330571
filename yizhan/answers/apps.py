from importlib import import_module

from django.apps import AppConfig


class AnswersConfig(AppConfig):
    name = "yizhan.answers"
    label = "answers"

    def ready(self) -> None:
        for module in ("notices", "case", "holdings"):
            import_module(f"yizhan.answers.{module}")
