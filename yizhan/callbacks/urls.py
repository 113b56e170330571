from django.urls import path

from yizhan.callbacks import views

app_name = "callbacks"
urlpatterns = [
    path("desk", views.desk, name="desk"),
    path("rectification/<str:code>/", views.rectification, name="rectification"),
    path("rectification/<str:code>/rectify", views.rectify, name="rectify"),
    path("rectification/<str:code>/find_unfounded", views.find_unfounded, name="find_unfounded"),
    path("<str:code>/", views.show, name="show"),
    path("<str:code>/try_call", views.try_call, name="try_call"),
    path("<str:code>/reach", views.reach, name="reach"),
]
