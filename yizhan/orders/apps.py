from importlib import import_module

from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "yizhan.orders"
    label = "orders"

    def ready(self) -> None:
        import_module("yizhan.orders.notices")
        import_module("yizhan.orders.endings")
        import_module("yizhan.orders.subjects")
        import_module("yizhan.orders.holdings")
        import_module("yizhan.orders.ledger")
        import_module("yizhan.orders.metrics")
