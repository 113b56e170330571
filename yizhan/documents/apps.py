from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "yizhan.documents"
    label = "documents"
