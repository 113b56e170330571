from django.urls import path

from yizhan.answers import views

app_name = "answers"
urlpatterns = [
    path("", views.answers, name="answers"),
    path("desk", views.desk, name="desk"),
    path("sheet", views.sheet, name="sheet"),
    path("<str:code>/", views.show, name="show"),
    path("<str:code>/record", views.record, name="record"),
    path("<str:code>/rewrite", views.rewrite, name="rewrite"),
    path("<str:code>/publish", views.publish, name="publish"),
    path("<str:code>/send_back", views.send_back, name="send_back"),
    path("<str:code>/retire", views.retire, name="retire"),
    path("<str:key>/write", views.write, name="write"),
    path("<str:key>/take_down", views.take_down, name="take_down"),
]
