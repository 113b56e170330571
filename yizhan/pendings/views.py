"""挂账销号: the list of an area, and the entry of one order for its office and its asker."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yizhan.base.web import Request, once_for, refused_on
from yizhan.orders import rules as orders
from yizhan.orders.keys import by_key, seen
from yizhan.orders.models import Order
from yizhan.orders.stand_in import query
from yizhan.pendings import forms, operations, queries, rules
from yizhan.pendings.models import Pending
from yizhan.people.histories import history
from yizhan.privacy import operations as privacy

VERBS: dict[str, Any] = {
    "review": forms.Review,
    "exclude": forms.Words,
    "propose_strike_off": forms.Propose,
    "strike_off": None,
    "refuse_strike_off": forms.Words,
    "resume": forms.Words,
}
SAID = {
    "review": "复查情况已记下，已告诉点单人",
    "exclude": "已同意，不计入解决率",
    "propose_strike_off": "已提请销号，等点单人或另一位同志确认",
    "strike_off": "已销号，点单已办结",
    "refuse_strike_off": "已记下，接着挂账",
    "resume": "已取消挂账，接着办",
}


@require_safe
def ledger(request: Request) -> HttpResponse:
    """What stands on the list in the area of this post, and what was struck off."""
    if not (request.actor.may("orders.read") and request.actor.area):
        raise Http404
    today = localdate(now())
    context = {"ledger": queries.ledger(request.actor, today), "today": today}
    return render(request, "pendings/ledger.html", context)


def _entry(request: Request, key: str) -> Pending:
    """The entry of the order behind this key, or 404."""
    pending = queries.of_order(seen(request, key))
    if pending is None:
        raise Http404
    return pending


def _page(request: Request, key: str) -> HttpResponse:
    pending, today = _entry(request, key), localdate(now())
    asker = orders.is_asker(pending.order, request.actor)
    may = {verb: getattr(rules, f"can_{verb}")(pending, request.actor) for verb in VERBS}
    context = {
        "pending": pending,
        "order": pending.order,
        "key": key,
        "is_asker": asker,
        "may": may,
        "forms": _forms(request, pending, may),
        "history": [] if asker else history(pending),
        "today": today,
        "tab": "me",
    }
    page = "asker" if asker else "show"
    return render(request, f"pendings/{page}.html", context)


def _forms(request: Request, pending: Pending, may: dict[str, Any]) -> dict[str, Any]:
    """The forms of what may be done; one that did not go through as it was sent."""
    match = request.resolver_match
    here = match.url_name if match else ""
    return {
        verb: _form(request, verb, pending, bound=verb == here)
        for verb, form in VERBS.items()
        if form and may[verb]
    }


def _form(request: Request, verb: str, pending: Pending, *, bound: bool) -> Any:
    data = request.POST if bound and request.method == "POST" else None
    if verb == "review":
        measure = pending.measure.open() if pending.measure else ""
        return forms.Review(data, measure=measure, today=localdate(now()))
    return VERBS[verb](data)


@require_safe
@by_key
def show(request: Request, key: str) -> HttpResponse:
    """The entry of one order; that somebody of an office opened it is written down."""
    order = seen(request, key)
    if not orders.is_asker(order, request.actor):
        privacy.look(kind="open", subject=order, purpose="看挂账", by=request.actor, at=now())
    return _page(request, key)


def _pend_form(request: Request, order: Order) -> forms.Pend:
    day = localdate(now())
    data = request.POST if request.method == "POST" else None
    return forms.Pend(data, owners=queries.owners(order, request.actor, day), today=day)


def _pend_page(request: Request, key: str) -> HttpResponse:
    order = seen(request, key)
    if orders.is_asker(order, request.actor) or not request.actor.may("orders.dispatch"):
        raise Http404
    form = _pend_form(request, order)
    context = {
        "order": order,
        "key": key,
        "form": form,
        "may": rules.can_pend(order, request.actor),
    }
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "pendings/pend.html", context, status=status)


@require_http_methods(["GET", "POST"])
@by_key
@refused_on(_pend_page)
def pend(request: Request, key: str) -> HttpResponse:
    order = seen(request, key)
    form = _pend_form(request, order)
    if request.method == "GET" or not form.is_valid():
        return _pend_page(request, key)
    entry = form.entry()
    once_for(request, lambda: operations.pend(order=order, entry=entry, by=request.actor, at=now()))
    messages.success(request, "已挂账，已告诉点单人")
    return redirect("pendings:show", key)


def _act(request: Request, key: str, operation: Callable[..., Pending]) -> HttpResponse:
    verb, pending = operation.__name__, _entry(request, key)
    values: dict[str, Any] = {}
    if VERBS[verb]:
        form = _form(request, verb, pending, bound=True)
        if not form.is_valid():
            page = _page(request, key)
            page.status_code = 422
            return page
        values = form.cleaned_data
    once_for(request, lambda: operation(pending=pending, by=request.actor, at=now(), **values))
    messages.success(request, SAID[verb])
    return redirect(f"{reverse('pendings:show', args=[key])}{query(request)}")


@require_POST
@by_key
@refused_on(_page)
def review(request: Request, key: str) -> HttpResponse:
    return _act(request, key, operations.review)


@require_POST
@by_key
@refused_on(_page)
def exclude(request: Request, key: str) -> HttpResponse:
    return _act(request, key, operations.exclude)


@require_POST
@by_key
@refused_on(_page)
def propose_strike_off(request: Request, key: str) -> HttpResponse:
    return _act(request, key, operations.propose_strike_off)


@require_POST
@by_key
@refused_on(_page)
def strike_off(request: Request, key: str) -> HttpResponse:
    return _act(request, key, operations.strike_off)


@require_POST
@by_key
@refused_on(_page)
def refuse_strike_off(request: Request, key: str) -> HttpResponse:
    return _act(request, key, operations.refuse_strike_off)


@require_POST
@by_key
@refused_on(_page)
def resume(request: Request, key: str) -> HttpResponse:
    return _act(request, key, operations.resume)
