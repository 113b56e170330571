from django.urls import path

from yizhan.notices import views

app_name = "notices"
urlpatterns = [
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/read", views.read, name="read"),
    path("inbox/read_all", views.read_all, name="read_all"),
    path("inbox/texts", views.texts, name="texts"),
]
