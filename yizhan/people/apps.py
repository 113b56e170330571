from importlib import import_module

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "yizhan.people"
    label = "people"

    def ready(self) -> None:
        import_module("yizhan.people.signals")
        import_module("yizhan.people.notices")
