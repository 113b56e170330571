from importlib import import_module

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "yizhan.portal"
    label = "portal"

    def ready(self) -> None:
        import_module("yizhan.portal.holdings")
        import_module("yizhan.portal.holdings_of_ledgers")
