"""Mounted at /stations/."""

from django.urls import path

from yizhan.places import views

app_name = "places"
urlpatterns = [
    path("", views.stations, name="stations"),
    path("kept", views.kept, name="kept"),
    path("<slug:code>/", views.station, name="station"),
    path("<slug:code>/plate", views.plate, name="plate"),
    path("<slug:code>/keep", views.keep, name="keep"),
    path("<slug:code>/check_facility", views.check_facility, name="check_facility"),
    path("<slug:code>/check_all", views.check_all, name="check_all"),
    path("<slug:code>/close_for", views.close_for, name="close_for"),
    path("<slug:code>/reopen_early", views.reopen_early, name="reopen_early"),
    path("<slug:code>/edit", views.edit, name="edit"),
]
