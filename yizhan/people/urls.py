from django.urls import path

from yizhan.people import views

app_name = "people"
urlpatterns = [
    path("me/", views.me, name="me"),
    path("me/describe_self", views.describe_self, name="describe_self"),
    path("me/take_up", views.take_up, name="take_up"),
]
