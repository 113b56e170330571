"""The keeper's pages of a station, for nobody else."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_POST, require_safe

from yizhan.base.web import Request, gone_to, once_for, refused_on
from yizhan.places import operations, queries, rules
from yizhan.places.forms import CheckForm, CloseForm, EditForm, ReopenForm
from yizhan.places.models import Facility, Station
from yizhan.regions.district import profile


@require_safe
def kept(request: Request) -> HttpResponse:
    """The stations the acting post looks after."""
    found = queries.kept_stations(request.actor, at=now())
    layers = rules.can_add_layer(profile().code, request.actor)
    return render(request, "places/kept.html", {"found": found, "layers": layers})


def _page(request: Request, code: str, *, status: int = 200) -> HttpResponse:
    """The keeper's page, with what was typed into the form that was sent, if any."""
    at = now()
    subject = get_object_or_404(Station.objects.kept_by(request.actor).in_full(), code=code.upper())
    sent = request.resolver_match.url_name if request.resolver_match else ""
    typed = request.POST if request.method == "POST" else None
    today = localdate(at)
    context = {
        "one": queries.seen(subject, at=at),
        "station": subject,
        "closings": [
            row for row in subject.exceptions.all() if not row.ended_at and row.last_date >= today
        ],
        "removed": subject.facilities.filter(state=Facility.State.REMOVED).select_related("kind"),
        "close_form": CloseForm(
            typed if sent == "close_for" else None, initial={"first": today, "last": today}
        ),
        "edit_form": EditForm(
            typed if sent == "edit" else None,
            initial={name: getattr(subject, name) for name in operations.EDITABLE},
        ),
        "steps": queries.recent_steps(subject),
    }
    return render(request, "places/keep.html", context, status=status)


@require_safe
def keep(request: Request, code: str) -> HttpResponse:
    """The keeper's page of one station; nobody else's."""
    return _page(request, code)


@dataclass(frozen=True, slots=True)
class _KeepPage:
    code: str

    def get_absolute_url(self) -> str:
        return reverse("places:keep", args=[self.code])


def _act(
    request: Request,
    code: str,
    form: forms.Form,
    act: Callable[[Station, dict[str, Any]], Station],
    said: str,
) -> HttpResponse:
    """Load in the keeper's scope, check the form, do one thing, return to the keeper's page."""
    subject = get_object_or_404(Station.objects.kept_by(request.actor), code=code.upper())
    if not form.is_valid():
        return _page(request, code, status=422)
    once_for(request, lambda: act(subject, form.cleaned_data))
    return gone_to(request, _KeepPage(subject.code), said=said)


@require_POST
@refused_on(_page)
def check_facility(request: Request, code: str) -> HttpResponse:
    """A facility works, is broken, or was taken away."""

    def act(subject: Station, given: dict[str, Any]) -> Station:
        facility = get_object_or_404(subject.facilities, kind__code=given["facility"])
        return operations.check_facility(
            facility=facility,
            state=given["state"],
            version=given["version"],
            by=request.actor,
            at=now(),
        )

    return _act(request, code, CheckForm(request.POST), act, "已记下，来的人马上看得到")


@require_POST
@refused_on(_page)
def check_all(request: Request, code: str) -> HttpResponse:
    """Everything was looked at and nothing has changed."""
    return _act(
        request,
        code,
        forms.Form(request.POST),
        lambda subject, _: operations.check_all(station=subject, by=request.actor, at=now()),
        "已记下，全部设施今天看过了",
    )


@require_POST
@refused_on(_page)
def close_for(request: Request, code: str) -> HttpResponse:
    """Close the station on some days."""
    return _act(
        request,
        code,
        CloseForm(request.POST),
        lambda subject, given: operations.close_for(
            station=subject, by=request.actor, at=now(), **given
        ),
        "已登记关闭，地图和驿站页面已经改了",
    )


@require_POST
@refused_on(_page)
def reopen_early(request: Request, code: str) -> HttpResponse:
    """End a closing before its last day."""
    return _act(
        request,
        code,
        ReopenForm(request.POST),
        lambda subject, given: operations.reopen_early(
            station=subject, closing_id=given["closing"], by=request.actor, at=now()
        ),
        "已恢复平常的开放时间",
    )


@require_POST
@refused_on(_page)
def edit(request: Request, code: str) -> HttpResponse:
    """Change phone, indoor note, partners and tenants."""

    def act(subject: Station, given: dict[str, Any]) -> Station:
        version, kept = given.pop("version"), given.pop("kept")
        return operations.edit(
            station=subject, values=given, version=version, kept=kept, by=request.actor, at=now()
        )

    return _act(request, code, EditForm(request.POST), act, "已保存")
