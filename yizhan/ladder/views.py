"""催办和督办: the desk of a post, a 督办单, a decision, and the three ways when nobody took it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yizhan.base.web import Request, once_for, refused_on
from yizhan.ladder import forms, operations, queries, rules
from yizhan.ladder.models import Decision, Supervision
from yizhan.orders import rules as orders
from yizhan.orders import whom
from yizhan.orders.keys import by_key, seen
from yizhan.people.histories import history
from yizhan.privacy import operations as privacy
from yizhan.privacy.marks import mark_of

VERBS: dict[str, Any] = {"issue": forms.Issue, "dismiss": forms.Dismiss, "answer": forms.Answer}
SAID = {
    "issue": "督办单已发给单位",
    "dismiss": "已记下，不督办",
    "answer": "已答复，街道会看到",
}
NEXT = {"pend": "pendings:pend", "move": "orders:show", "extend": "orders:show"}


@require_safe
def desk(request: Request) -> HttpResponse:
    """What is late or nearly so for this post, and what waits for its word."""
    by = request.actor
    if not rules.has_desk(by):
        raise Http404
    context = {
        "desk": queries.desk(by, now()),
        "decides": by.may("orders.rule"),
        "is_unit": not by.area,
        "at": now(),
    }
    return render(request, "ladder/desk.html", context)


@require_safe
@by_key
def choose(request: Request, key: str) -> HttpResponse:
    """Nobody took it: do it here, give it to another unit, or pass it up."""
    order = seen(request, key)
    may = orders.can_dispatch(order, request.actor)
    if not orders.governs(order, request.actor, "orders.dispatch"):
        raise Http404
    units = whom.units_for(order) if may else []
    own = "street" if order.at_street else "community"
    context = {
        "order": order,
        "key": key,
        "may": may,
        "times": queries.times_called_in(order),
        "here": next((unit for unit in units if unit.kind == own), None),
        "others": [unit for unit in units if unit.kind != own],
        "reason": forms.PassUp(),
        "may_escalate": orders.can_escalate(order, request.actor),
    }
    return render(request, "ladder/choose.html", context)


def _seen(request: Request, code: str) -> Supervision:
    """The 督办单 with this code, where this post may see it, or 404."""
    visible = Supervision.objects.visible_to(request.actor).with_names()
    found: Supervision = get_object_or_404(visible, code=code.upper())
    return found


def _page(request: Request, code: str) -> HttpResponse:
    found = _seen(request, code)
    may = {verb: getattr(rules, f"can_{verb}")(found, request.actor) for verb in VERBS}
    match = request.resolver_match
    here = match.url_name if match and request.method == "POST" else ""
    context = {
        "supervision": found,
        "order": found.order,
        "may": may,
        "forms": {
            verb: form(request.POST if verb == here else None)
            for verb, form in VERBS.items()
            if may[verb]
        },
        "history": history(found),
        "opens_order": orders.sees(found.order, request.actor, now()),
        "is_late": found.is_late(now()),
    }
    return render(request, "ladder/supervision.html", context)


@require_safe
def supervision(request: Request, code: str) -> HttpResponse:
    """One 督办单, with what this post may do with it."""
    return _page(request, code)


@require_safe
def sheet(request: Request, code: str) -> HttpResponse:
    """An issued 督办单 on A4, with who printed it and when."""
    found, at = _seen(request, code), now()
    if found.state not in Supervision.SENT:
        raise Http404
    look = privacy.look(
        kind="export", subject=found.order, purpose="打印单子", by=request.actor, at=at
    )
    context = {"supervision": found, "order": found.order, "at": at, "watermark": mark_of(look)}
    return render(request, "ladder/sheet.html", context)


def _act(request: Request, code: str, operation: Callable[..., Supervision]) -> HttpResponse:
    verb, found = operation.__name__, _seen(request, code)
    form = VERBS[verb](request.POST)
    if not form.is_valid():
        page = _page(request, code)
        page.status_code = 422
        return page
    values = form.cleaned_data
    once_for(request, lambda: operation(supervision=found, by=request.actor, at=now(), **values))
    messages.success(request, SAID[verb])
    return redirect("ladder:desk" if verb == "dismiss" else found)


@require_POST
@refused_on(_page)
def issue(request: Request, code: str) -> HttpResponse:
    return _act(request, code, operations.issue)


@require_POST
@refused_on(_page)
def dismiss(request: Request, code: str) -> HttpResponse:
    return _act(request, code, operations.dismiss)


@require_POST
@refused_on(_page)
def answer(request: Request, code: str) -> HttpResponse:
    return _act(request, code, operations.answer)


def _decision(request: Request, code: str) -> Decision:
    mine = Decision.objects.in_area(request.actor).with_names()
    found: Decision = get_object_or_404(mine, code=code.upper())
    return found


def _decide_page(request: Request, code: str) -> HttpResponse:
    found = _decision(request, code)
    form = forms.Decide(request.POST if request.method == "POST" else None)
    context = {
        "decision": found,
        "order": found.order,
        "form": form,
        "may": rules.can_decide(found, request.actor),
        "last": queries.supervision_of(found.order),
    }
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "ladder/decide.html", context, status=status)


@require_http_methods(["GET", "POST"])
@refused_on(_decide_page)
def decide(request: Request, code: str) -> HttpResponse:
    """How a late order goes on: decided by people, with a reason."""
    found, form = _decision(request, code), forms.Decide(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return _decide_page(request, code)
    values = form.cleaned_data
    once_for(
        request,
        lambda: operations.decide(decision=found, by=request.actor, at=now(), **values),
    )
    messages.success(request, "已记下您的决定")
    page = NEXT.get(values["choice"])
    return redirect(page, found.order.code) if page else redirect("ladder:desk")
