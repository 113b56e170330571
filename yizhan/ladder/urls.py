from django.urls import path

from yizhan.ladder import views

app_name = "ladder"
urlpatterns = [
    path("desk", views.desk, name="desk"),
    path("orders/<str:key>/choose", views.choose, name="choose"),
    path("supervisions/<str:code>/supervision", views.supervision, name="supervision"),
    path("supervisions/<str:code>/sheet", views.sheet, name="sheet"),
    path("supervisions/<str:code>/issue", views.issue, name="issue"),
    path("supervisions/<str:code>/dismiss", views.dismiss, name="dismiss"),
    path("supervisions/<str:code>/answer", views.answer, name="answer"),
    path("decisions/<str:code>/decide", views.decide, name="decide"),
]
