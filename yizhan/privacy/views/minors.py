"""我的孩子 for guardians; for staff a list and a record that open with a written reason only.

Looks are not answered from a repeated command: whoever sends the form again looks again.
"""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yizhan.base.web import Request, once_for, refused_on
from yizhan.people.models import Person
from yizhan.privacy import operations, queries
from yizhan.privacy.forms import Agree, Reason, RegisterWard
from yizhan.privacy.models import SEES_WARDS, Ward
from yizhan.privacy.purposes import WARD
from yizhan.regions.models import Region


def wards_page(request: Request, *, status: int = 200, **_: str) -> HttpResponse:
    """A guardian's children, who of the staff looked, and the form for one more."""
    at = now()
    text = queries.text_shown(WARD, at)
    initial = {"number": text.number if text.pk else 0}
    typed = request.POST if request.path.endswith("/register_ward") else None
    context = {
        "wards": queries.wards_of(request.actor, at),
        "text": text,
        "form": RegisterWard(typed, initial=initial),
        "tab": "me",
    }
    return render(request, "privacy/wards.html", context, status=status)


@require_safe
def wards(request: Request) -> HttpResponse:
    return wards_page(request)


@require_POST
@refused_on(wards_page)
def register_ward(request: Request) -> HttpResponse:
    """Keep a child's short name and age band, with the consent for it."""
    form = RegisterWard(request.POST)
    if not form.is_valid():
        return wards_page(request, status=422)
    once_for(
        request,
        lambda: operations.register_ward(
            guardian=_me(request), **form.values(), by=request.actor, at=now()
        ),
    )
    messages.success(request, "登记好了。随时可以撤回，撤回后小名马上删掉")
    return redirect("privacy:wards")


@require_POST
@refused_on(wards_page)
def end_ward(request: Request, code: str) -> HttpResponse:
    """Withdraw for one child."""
    ward = get_object_or_404(Ward.objects.of(request.actor), code=code)
    once_for(request, lambda: operations.end_ward(ward=ward, by=request.actor, at=now()))
    messages.success(request, "已撤回，小名删掉了")
    return redirect("privacy:wards")


@require_POST
@refused_on(wards_page)
def give_consent(request: Request, ward: str) -> HttpResponse:
    """Agree for one child again, in new words."""
    mine = get_object_or_404(Ward.objects.of(request.actor).current(), code=ward)
    number = Agree(request.POST).version()
    once_for(
        request,
        lambda: operations.give_consent(
            person=_me(request),
            purpose=WARD,
            number=number,
            ward_code=mine.code,
            by=request.actor,
            at=now(),
        ),
    )
    messages.success(request, "已按新的文字同意")
    return redirect("privacy:wards")


def _me(request: Request) -> Person:
    return Person.objects.select_related("home").get(pk=request.actor.person_id or 0)


def _area(request: Request) -> Region:
    """The area of the post. Whoever may not see wards learns nothing of this page."""
    if not request.actor.may(SEES_WARDS) or not request.actor.area:
        raise Http404
    return get_object_or_404(Region.objects.current(), code=request.actor.area)


def _list_page(request: Request, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {"region": _area(request), "form": Reason(request.POST or None), **more}
    return render(request, "privacy/list_wards.html", context, status=status)


@require_http_methods(["GET", "POST"])
@refused_on(_list_page)
def list_wards(request: Request) -> HttpResponse:
    """The wards of the area, once a reason is written down."""
    if request.method == "GET":
        return _list_page(request)
    region, form = _area(request), Reason(request.POST)
    if not form.is_valid():
        return _list_page(request, status=422)
    reason = form.cleaned_data["reason"]
    operations.list_wards(region=region, reason=reason, by=request.actor, at=now())
    return _list_page(request, wards=queries.wards_listed(request.actor), is_open=True)


def _ward_page(request: Request, code: str, *, status: int = 200, **more: Any) -> HttpResponse:
    _area(request)
    ward = get_object_or_404(Ward.objects.in_area(request.actor), code=code)
    context = {"code": ward.code, "form": Reason(request.POST or None), **more}
    return render(request, "privacy/open_ward.html", context, status=status)


@require_http_methods(["GET", "POST"])
@refused_on(_ward_page)
def open_ward(request: Request, code: str) -> HttpResponse:
    """One ward, once a reason is written down; without it the page holds a form and no more."""
    if request.method == "GET":
        return _ward_page(request, code)
    seen = Ward.objects.in_area(request.actor).select_related("guardian__home", "consent__text")
    ward, form = get_object_or_404(seen, code=code), Reason(request.POST)
    if not form.is_valid():
        return _ward_page(request, code, status=422)
    reason = form.cleaned_data["reason"]
    operations.open_ward(ward=ward, reason=reason, by=request.actor, at=now())
    return _ward_page(request, code, ward=ward)
