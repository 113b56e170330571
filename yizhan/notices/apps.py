from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "yizhan.notices"
    label = "notices"
