from django.urls import path

from yizhan.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("prefer", views.prefer, name="prefer"),
    path("complain", views.complain, name="complain"),
    path("privacy", views.privacy, name="privacy"),
    path("settings", views.settings, name="settings"),
    path("healthz", views.healthz, name="healthz"),
]
