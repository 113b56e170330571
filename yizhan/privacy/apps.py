from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "yizhan.privacy"
    label = "privacy"
