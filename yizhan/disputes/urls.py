from django.urls import path

from yizhan.disputes import views

app_name = "disputes"
urlpatterns = [
    path("rulings", views.rulings, name="rulings"),
    path("order/<str:order>/raise_dispute", views.raise_dispute, name="raise_dispute"),
    path("<str:code>/", views.show, name="show"),
    path("<str:code>/adjudicate", views.adjudicate, name="adjudicate"),
    path("<str:code>/feed_directory", views.feed_directory, name="feed_directory"),
]
