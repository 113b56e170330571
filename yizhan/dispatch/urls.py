"""Mounted at /dispatch/."""

from django.urls import path

from yizhan.dispatch import views

app_name = "dispatch"
urlpatterns = [
    path("queue", views.queue, name="queue"),
    path("draw_up", views.draw_up, name="draw_up"),
    path("order/<str:key>/advice", views.advice, name="advice"),
    path("<str:code>/plan", views.plan, name="plan"),
    path("<str:code>/adjust", views.adjust, name="adjust"),
    path("<str:code>/send", views.send, name="send"),
]
