from django.apps import AppConfig


class WeixinConfig(AppConfig):
    name = "yizhan.people.weixin"
    label = "weixin"
