"""Mounted at /stations/."""

from django.urls import path

from yizhan.places.views import finding, keeping, layering

app_name = "places"
urlpatterns = [
    path("", finding.stations, name="stations"),
    path("kept", keeping.kept, name="kept"),
    path("layers", layering.layers, name="layers"),
    path("layers/add_layer", layering.add_layer, name="add_layer"),
    path("layers/<slug:code>/replace_layer", layering.replace_layer, name="replace_layer"),
    path("layers/<slug:code>/show_layer", layering.show_layer, name="show_layer"),
    path("layers/<slug:code>/retire_layer", layering.retire_layer, name="retire_layer"),
    path("<slug:code>/", finding.station, name="station"),
    path("<slug:code>/plate", finding.plate, name="plate"),
    path("<slug:code>/keep", keeping.keep, name="keep"),
    path("<slug:code>/check_facility", keeping.check_facility, name="check_facility"),
    path("<slug:code>/check_all", keeping.check_all, name="check_all"),
    path("<slug:code>/close_for", keeping.close_for, name="close_for"),
    path("<slug:code>/reopen_early", keeping.reopen_early, name="reopen_early"),
    path("<slug:code>/edit", keeping.edit, name="edit"),
]
