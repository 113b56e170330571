"""The layers of the map in the console: list, preview, upload, dates."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_POST, require_safe

from yizhan.base.web import Request, asked, gone_to, once_for, refused_on
from yizhan.places import operations, queries, rules, screens
from yizhan.places.coordinates import Point
from yizhan.places.forms import LayerForm, ReplaceForm, RetireForm, ShowForm
from yizhan.places.models import Layer
from yizhan.regions.district import profile
from yizhan.regions.models import Region


def _page(request: Request, code: str = "", *, status: int = 200) -> HttpResponse:
    """The list of layers with a preview of one of them, or of all that hold today."""
    district, today = profile(), localdate(now())
    if not rules.can_add_layer(district.code, request.actor):
        raise Http404
    sent = request.resolver_match.url_name if request.resolver_match else ""
    typed = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    nothing = (None, None)
    layers = queries.kept_layers(request.actor)
    wanted = code or asked(request, "layer")
    chosen = next((layer for layer in layers if layer.code == wanted), None)
    given: dict[str, Any] = {"initial": {"since": today, "until": today}}
    shapes = {**given, "centre": _centre()}
    context = {
        "layers": layers,
        "chosen": chosen,
        "today": today,
        "reviewed": bool(district.map_review),
        "map": screens.preview(
            [chosen] if chosen else queries.layers_on(today, reviewed=True),
            stations=[] if chosen else queries.find(queries.Wanted(), at=now()),
            centre=_centre(),
        ),
        "add_form": LayerForm(*(typed if sent == "add_layer" else nothing), **shapes),
        "replace_form": ReplaceForm(
            *(typed if sent == "replace_layer" else nothing), **shapes, auto_id="new_%s"
        ),
        "retire_form": RetireForm(typed[0] if sent == "retire_layer" else None, **given),
        "steps": queries.layer_steps(chosen) if chosen else [],
    }
    return render(request, "places/layers.html", context, status=status)


def _centre() -> Point:
    longitude, latitude = profile().centre
    return Point(latitude, longitude)


@require_safe
def layers(request: Request) -> HttpResponse:
    """What lies below the stations on the map. For the district's staff only."""
    return _page(request)


@require_POST
@refused_on(_page)
def add_layer(request: Request) -> HttpResponse:
    """Upload a layer of one kind."""
    district = Region.objects.current().filter(code=profile().code)
    region = get_object_or_404(district)
    if not rules.can_add_layer(region.code, request.actor):
        raise Http404
    form = LayerForm(request.POST, request.FILES, centre=_centre())
    if not form.is_valid():
        return _page(request, status=422)
    upload = form.upload()
    layer = once_for(
        request,
        lambda: operations.add_layer(
            region=region,
            upload=upload,
            kept=form.cleaned_data["kept"],
            by=request.actor,
            at=now(),
        ),
    )
    return gone_to(request, layer, said=f"已上传「{upload.name}」，在右边看一看对不对")


def _act(
    request: Request,
    code: str,
    form: forms.Form,
    act: Callable[[Layer, dict[str, Any]], Layer],
    said: str,
) -> HttpResponse:
    """Load in the post's scope, check the form, do one thing, return to the list."""
    layer = get_object_or_404(Layer.objects.kept_by(request.actor).without_shapes(), code=code)
    if not form.is_valid():
        return _page(request, code, status=422)
    return gone_to(request, once_for(request, lambda: act(layer, form.cleaned_data)), said=said)


@require_POST
@refused_on(_page)
def replace_layer(request: Request, code: str) -> HttpResponse:
    """Another file takes over from a day on."""

    def act(layer: Layer, given: dict[str, Any]) -> Layer:
        return operations.replace_layer(
            layer=layer,
            shapes=given["shapes"],
            source=given["source"],
            since=given["since"],
            kept=given["kept"],
            by=request.actor,
            at=now(),
        )

    form = ReplaceForm(request.POST, request.FILES, centre=_centre())
    return _act(request, code, form, act, "已换成新的一份，到那天自动生效")


@require_POST
@refused_on(_page)
def show_layer(request: Request, code: str) -> HttpResponse:
    """Show a layer on the public map, or hide it."""
    return _act(
        request,
        code,
        ShowForm(request.POST),
        lambda layer, given: operations.show_layer(
            layer=layer, is_shown=given["is_shown"] == "1", by=request.actor, at=now()
        ),
        "已记下，地图马上就变",
    )


@require_POST
@refused_on(_page)
def retire_layer(request: Request, code: str) -> HttpResponse:
    """End a layer on a day."""
    return _act(
        request,
        code,
        RetireForm(request.POST),
        lambda layer, given: operations.retire_layer(
            layer=layer, until=given["until"], by=request.actor, at=now()
        ),
        "已定好停用的日期，记录还在",
    )
