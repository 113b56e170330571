from django.urls import path

from yizhan.people import views

app_name = "people"
urlpatterns = [
    path("me/", views.me, name="me"),
    path("me/describe_self", views.describe_self, name="describe_self"),
    path("me/take_up", views.take_up, name="take_up"),
    path("me/family", views.family, name="family"),
    path("me/family/entrust", views.entrust, name="entrust"),
    path("me/family/take_on", views.take_on, name="take_on"),
    path("me/family/<int:pk>/end_proxy", views.end_proxy, name="end_proxy"),
    path("c/<str:code>", views.card, name="card"),
]
