from django.urls import path

from yizhan.demo import views

app_name = "demo"
urlpatterns = [
    path("", views.cast, name="cast"),
    path("become", views.become, name="become"),
]
