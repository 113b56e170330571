"""Placing an order: by the resident, as a request to be called, or written down by staff."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from yizhan.base.codes import is_receipt, tidy
from yizhan.base.fields import MOST_WORDS
from yizhan.base.web import Request, asked, once_for, refused_on
from yizhan.orders import cases, forms, operations, rules, suggesting
from yizhan.orders.models import Order
from yizhan.orders.stand_in import for_another, query, way_out
from yizhan.orders.states import Source
from yizhan.people.limits import can_go_on, can_guess_on, count_wrong
from yizhan.people.masking import polite_name
from yizhan.routing import queries as routing
from yizhan.routing.models import Category


def _sent_to(request: Request, order: Order) -> HttpResponse:
    path = f"{reverse('orders:show', args=[order.receipt_code])}?new=1"
    if request.actor.on_behalf_of is not None:
        messages.success(request, "已点单，会告诉本人")
        theirs = f"{reverse('orders:show', args=[order.code])}{query(request)}"
        path = theirs if rules.sees(order, request.actor, now()) else way_out(request)
    return HttpResponseClientRedirect(path) if request.htmx else redirect(path)


def _place_page(request: Request) -> HttpResponse:
    form = forms.Place(
        request.POST or None,
        request.FILES or None,
        fallback=routing.fallback(),
        initial=_initial(request),
    )
    return _placing(request, form, status=422 if form.is_bound and not form.is_valid() else 200)


def _initial(request: Request) -> dict[str, Any]:
    wanted = {name: asked(request, name) for name in ("station", "category", "region")}
    person = getattr(getattr(request, "behalf", None), "person", None)
    home = getattr(person or request.user, "home", None)
    if home and not wanted["region"]:
        wanted["region"] = home.code
    if person:
        wanted["contact_name"] = polite_name(person.full_name)
    return wanted


def _placing(request: Request, form: forms.Place, *, status: int) -> HttpResponse:
    groups = Category.objects.groups()
    context = {
        "form": form,
        "icons": {group.code: group.icon for group in groups},
        "emergency": routing.emergency(),
        "exit": groups.filter(code=_typed(form, "category")).exclude(exit="").first(),
        "station": _station(form),
        "typing": [] if request.actor.on_behalf_of else cases.typing(),
        "tab": "place",
    }
    return render(request, "orders/place.html", context, status=status)


def _station(form: forms.Place) -> Any:
    field: Any = form.fields["station"]
    return field.queryset.filter(code=_typed(form, "station")).first()


def _typed(form: forms.Place, name: str) -> str:
    """What stands in a field, without the one character that no database column takes."""
    return str(form[name].value() or "").replace("\0", "")


@login_not_required
@for_another
@require_http_methods(["GET", "POST"])
@refused_on(_place_page)
def place(request: Request) -> HttpResponse:
    if request.method == "GET":
        return _place_page(request)
    form = forms.Place(request.POST, request.FILES, fallback=routing.fallback())
    if not form.is_valid():
        return _placing(request, form, status=422)
    if not request.actor.person_id:
        can_go_on(request, "place").or_refuse()
    wish = form.wish()
    order = once_for(request, lambda: operations.place(wish=wish, by=request.actor, at=now()))
    return _sent_to(request, order)


@login_not_required
@require_POST
def suggest_category(request: Request) -> HttpResponse:
    """Groups to tick for the words typed so far, or the numbers for a danger; nothing is kept."""
    words = request.POST.get("words", "").strip()[:MOST_WORDS]
    chosen = request.POST.get("category", "")
    if chosen not in ("", routing.FALLBACK) or not can_go_on(request, "suggest"):
        return HttpResponse(status=204)
    danger = routing.urgent_words(words)
    context = {
        "emergency": routing.emergency() if danger else None,
        "groups": [] if danger else suggesting.for_residents(words),
    }
    return render(request, "orders/_guess.html", context)


def _call_back_page(request: Request) -> HttpResponse:
    form = forms.CallBack(request.POST or None, initial=_initial(request))
    status = 422 if form.is_bound and not form.is_valid() else 200
    context = {"form": form, "tab": "place", "emergency": routing.emergency()}
    return render(request, "orders/call_back.html", context, status=status)


@login_not_required
@require_http_methods(["GET", "POST"])
@refused_on(_call_back_page)
def call_back(request: Request) -> HttpResponse:
    form = forms.CallBack(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return _call_back_page(request)
    can_go_on(request, "place").or_refuse()
    kept = form.cleaned_data
    order = once_for(
        request,
        lambda: operations.call_back(
            phone=kept["phone"],
            name=kept["name"],
            region=kept["region"],
            category=routing.fallback(),
            by=request.actor,
            at=now(),
        ),
    )
    return _sent_to(request, order)


def _enter_page(request: Request) -> HttpResponse:
    form = forms.Enter(
        request.POST or None,
        request.FILES or None,
        fallback=routing.fallback(),
        initial={**_initial(request), "source": Source.WALK_IN},
    )
    allowed = rules.can_enter(request.actor, request.actor.area)
    status = 422 if form.is_bound and not form.is_valid() else 200
    context = {"form": form, "allowed": allowed, "emergency": routing.emergency()}
    return render(request, "orders/enter.html", context, status=status)


@for_another
@require_http_methods(["GET", "POST"])
@refused_on(_enter_page)
def enter(request: Request) -> HttpResponse:
    if request.method == "GET":
        return _enter_page(request)
    form = forms.Enter(request.POST, request.FILES, fallback=routing.fallback())
    if not form.is_valid():
        return _enter_page(request)
    wish, source = form.wish(), Source(form.cleaned_data["source"])
    order = once_for(
        request,
        lambda: operations.enter(wish=wish, source=source, by=request.actor, at=now()),
    )
    path = reverse("orders:slip", args=[order.code])
    return HttpResponseClientRedirect(path) if request.htmx else redirect(path)


def _look_up_page(request: Request) -> HttpResponse:
    form = forms.LookUp(request.POST or None)
    if form.is_bound and form.is_valid():
        form.add_error("receipt", "没有找到这个回执码，请对照回执再输一次")
    status = 422 if form.is_bound else 200
    return render(request, "orders/look_up.html", {"form": form, "tab": "me"}, status=status)


@login_not_required
@require_http_methods(["GET", "POST"])
@refused_on(_look_up_page)
def look_up(request: Request) -> HttpResponse:
    if request.method == "GET":
        return _look_up_page(request)
    can_go_on(request, "look_up").or_refuse()
    code = tidy(request.POST.get("receipt", ""))
    if not is_receipt(code):
        return _look_up_page(request)
    can_guess_on(request, "wrong_receipt").or_refuse()
    if Order.objects.of_receipt(code) is None:
        count_wrong(request, "wrong_receipt")
        return _look_up_page(request)
    path = reverse("orders:show", args=[code])
    return HttpResponseClientRedirect(path) if request.htmx else redirect(path)
