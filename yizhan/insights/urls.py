"""Mounted at /insights/."""

from django.urls import path

from yizhan.insights import views

app_name = "insights"
urlpatterns = [
    path("baselines", views.baselines, name="baselines"),
    path("sheet", views.sheet, name="sheet"),
    path("metrics", views.metrics, name="metrics"),
    path("enter_baseline", views.enter_baseline, name="enter_baseline"),
    path("baselines/<int:pk>/correct_baseline", views.correct_baseline, name="correct_baseline"),
]
