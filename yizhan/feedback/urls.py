from django.urls import path

from yizhan.feedback import views

app_name = "feedback"
urlpatterns = [
    path("", views.leave_feedback, name="leave_feedback"),
    path("look_up", views.look_up, name="look_up"),
    path("desk", views.desk, name="desk"),
    path("<str:key>/", views.show, name="show"),
    path("<str:key>/answer_feedback", views.answer_feedback, name="answer_feedback"),
    path("<str:key>/pass_on_feedback", views.pass_on_feedback, name="pass_on_feedback"),
]
