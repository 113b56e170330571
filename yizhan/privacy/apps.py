from importlib import import_module

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "yizhan.privacy"
    label = "privacy"

    def ready(self) -> None:
        import_module("yizhan.privacy.kept")
        import_module("yizhan.privacy.endings")
        import_module("yizhan.privacy.notices")
        import_module("yizhan.privacy.kept_requests")
