from django.urls import path

from yizhan.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("today", views.today, name="today"),
    path("summary", views.summary, name="summary"),
    path("routing/draft/preview", views.preview, name="preview"),
    path("prefer", views.prefer, name="prefer"),
    path("privacy", views.privacy, name="privacy"),
    path("settings", views.settings, name="settings"),
    path("settings/modules", views.modules, name="modules"),
    path("settings/modules/switch", views.switch, name="switch"),
    path("settings/modules/pilot", views.pilot, name="pilot"),
    path("healthz", views.healthz, name="healthz"),
]
