from django.apps import AppConfig


class InsightsConfig(AppConfig):
    name = "yizhan.insights"
    label = "insights"
