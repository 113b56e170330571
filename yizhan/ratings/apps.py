from django.apps import AppConfig


class RatingsConfig(AppConfig):
    name = "yizhan.ratings"
    label = "ratings"
