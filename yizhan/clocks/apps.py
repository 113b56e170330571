from django.apps import AppConfig


class ClocksConfig(AppConfig):
    name = "yizhan.clocks"
    label = "clocks"
