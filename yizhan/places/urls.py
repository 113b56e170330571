"""Everything below /stations/."""

from django.urls import path

from yizhan.places import views

app_name = "places"
urlpatterns = [
    path("stations/", views.stations, name="stations"),
    path("stations/kept", views.kept, name="kept"),
    path("stations/<slug:code>/", views.station, name="station"),
    path("stations/<slug:code>/plate", views.plate, name="plate"),
    path("stations/<slug:code>/keep", views.keep, name="keep"),
    path("stations/<slug:code>/check_facility", views.check_facility, name="check_facility"),
    path("stations/<slug:code>/check_all", views.check_all, name="check_all"),
    path("stations/<slug:code>/close_for", views.close_for, name="close_for"),
    path("stations/<slug:code>/reopen_early", views.reopen_early, name="reopen_early"),
    path("stations/<slug:code>/edit", views.edit, name="edit"),
]
