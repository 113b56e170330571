from django.apps import AppConfig


class RegionsConfig(AppConfig):
    name = "yizhan.regions"
    label = "regions"
