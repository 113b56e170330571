from django.urls import path

from yizhan.duplicates import views

app_name = "duplicates"
urlpatterns = [
    path("suggest", views.suggest, name="suggest"),
    path("join", views.join, name="join"),
    path("pairs", views.pairs, name="pairs"),
    path("<str:key>/attach", views.attach, name="attach"),
    path("<str:key>/compare", views.compare, name="compare"),
    path("<str:key>/merge", views.merge, name="merge"),
    path("<str:key>/fold_out", views.fold_out, name="fold_out"),
    path("<str:key>/tell_apart", views.tell_apart, name="tell_apart"),
]
