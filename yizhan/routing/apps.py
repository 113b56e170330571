from django.apps import AppConfig


class RoutingConfig(AppConfig):
    name = "yizhan.routing"
    label = "routing"
