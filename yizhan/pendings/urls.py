from django.urls import path

from yizhan.pendings import views

app_name = "pendings"
urlpatterns = [
    path("ledger", views.ledger, name="ledger"),
    path("<str:key>/", views.show, name="show"),
    path("<str:key>/pend", views.pend, name="pend"),
    path("<str:key>/review", views.review, name="review"),
    path("<str:key>/exclude", views.exclude, name="exclude"),
    path("<str:key>/propose_strike_off", views.propose_strike_off, name="propose_strike_off"),
    path("<str:key>/strike_off", views.strike_off, name="strike_off"),
    path("<str:key>/refuse_strike_off", views.refuse_strike_off, name="refuse_strike_off"),
    path("<str:key>/resume", views.resume, name="resume"),
]
