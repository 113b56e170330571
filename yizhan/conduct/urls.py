from django.urls import path

from yizhan.conduct import views

app_name = "conduct"
urlpatterns = [
    path("desk", views.desk, name="desk"),
    path("<str:code>/", views.show, name="show"),
    path("<str:code>/uphold", views.uphold, name="uphold"),
    path("<str:code>/dismiss", views.dismiss, name="dismiss"),
    path("<str:code>/sustain", views.sustain, name="sustain"),
    path("<str:code>/overturn", views.overturn, name="overturn"),
    path("<str:key>/flag", views.flag, name="flag"),
    path("<str:key>/appeal", views.appeal, name="appeal"),
]
