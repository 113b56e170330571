"""The pages open to all: finding a station, the station itself, the plate at its door."""

from dataclasses import replace

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_safe
from django_htmx.http import replace_url

from yizhan.base.web import Request, shown
from yizhan.places import map as drawing
from yizhan.places import queries, screens
from yizhan.places.coordinates import Point
from yizhan.places.forms import SearchForm
from yizhan.places.links import routes_to
from yizhan.places.models import Station
from yizhan.places.shapes import Drawn, Form, Shape
from yizhan.places.week import regular_week, week_of
from yizhan.regions.district import profile
from yizhan.regions.models import Boundary

TAB = "stations"


@login_not_required
@require_safe
def stations(request: Request) -> HttpResponse:
    """List and map of the stations that fit, for everyone. The position is used and forgotten."""
    choices = queries.filter_choices()
    form = SearchForm(request.GET, choices=choices)
    wanted = form.wanted()
    district = profile()
    screen = screens.screen(
        wanted,
        queries.find(replace(wanted, area=None), at=now()),
        centre=Point(district.centre[1], district.centre[0]),
        streets=choices.streets,
        home=getattr(request.user, "home", None),
        layers=_layers(reviewed=bool(district.map_review)),
        look=drawing.ELDER if request.COOKIES.get("care") == "1" else drawing.USUAL,
    )
    context = {
        "tab": TAB,
        "form": form,
        "wanted": wanted,
        "icons": {kind.code: kind.icon for kind in choices.needs},
        "screen": screen,
        "map": screen.map,
    }
    response = shown(request, "places/stations.html", "places/_found.html", context)
    patch_vary_headers(response, ["HX-Request"])
    if request.htmx:
        replace_url(response, request.get_full_path())
    if wanted.here:
        response["Referrer-Policy"] = "no-referrer"
        response["Cache-Control"] = "no-store"
    return response


def _layers(*, reviewed: bool) -> list[Drawn]:
    """What the public map shows below the stations: boundaries with a map-review number only."""
    layers = [layer.drawn for layer in queries.layers_on(localdate(now()), reviewed=reviewed)]
    outline = Boundary.objects.filter(region__code=profile().code) if reviewed else ()
    edges = [
        Shape("", Form.LINE, (tuple(Point(place[1], place[0]) for place in ring),))
        for boundary in outline
        for ring in boundary.rings
    ]
    return [*layers, Drawn.of("boundary", edges)]


@login_not_required
@require_safe
def station(request: Request, code: str) -> HttpResponse:
    """One station: open until when, what it has, how to get there, what to ask for."""
    at = now()
    subject = get_object_or_404(
        Station.objects.visible_to(request.actor).in_full(), code=code.upper()
    )
    context = {
        "tab": TAB,
        "one": queries.seen(subject, at=at),
        "station": subject,
        "week": week_of(subject.schedule, localdate(at)),
        "routes": routes_to(subject),
    }
    return render(request, "places/station.html", context)


@login_not_required
@require_safe
def plate(request: Request, code: str) -> HttpResponse:
    """The plate to print for the door, with the QR code of the station's page."""
    subject = get_object_or_404(Station.objects.visible_to(request.actor), code=code.upper())
    context = {
        "station": subject,
        "address": request.build_absolute_uri(subject.get_absolute_url()),
        "regular": regular_week(subject.schedule),
    }
    return render(request, "places/plate.html", context)
