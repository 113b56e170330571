"""Fair use: the desk of the offices, one flag, and the page of the person it is about."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yizhan.base.web import Request, once_for, refused_on
from yizhan.conduct import forms, operations, queries, rules
from yizhan.conduct.models import Flag
from yizhan.orders import rules as orders
from yizhan.orders.keys import by_key, seen
from yizhan.orders.stand_in import query
from yizhan.people.histories import history
from yizhan.privacy import operations as privacy

VERBS: dict[str, Any] = {
    "uphold": forms.Uphold,
    "dismiss": forms.Words,
    "sustain": forms.Answer,
    "overturn": forms.Answer,
}
SAID = {
    "uphold": "已成立，已告诉本人可以申诉",
    "dismiss": "不成立，什么也不会发生",
    "sustain": "申诉不成立，已答复本人",
    "overturn": "已撤销，已答复本人",
}


@require_safe
def desk(request: Request) -> HttpResponse:
    """What waits for a review or an answer, what counts now, and counts without persons."""
    if not (request.actor.may("orders.dispatch") and request.actor.area):
        raise Http404
    context = {
        "desk": queries.desk(request.actor, now()),
        "tallies": queries.tallies(request.actor),
        "now": now(),
    }
    return render(request, "conduct/desk.html", context)


def _mine(request: Request, code: str) -> Flag:
    return get_object_or_404(Flag.objects.visible_to(request.actor).with_names(), code=code)


def _page(request: Request, code: str) -> HttpResponse:
    flag = _mine(request, code)
    may = {verb: getattr(rules, f"can_{verb}")(flag, request.actor) for verb in VERBS}
    match = request.resolver_match
    here = match.url_name if match and request.method == "POST" else ""
    kept = {
        verb: form(request.POST if verb == here else None)
        for verb, form in VERBS.items()
        if may[verb]
    }
    context = {"flag": flag, "may": may, "forms": kept, "history": history(flag)}
    return render(request, "conduct/show.html", context)


@require_safe
def show(request: Request, code: str) -> HttpResponse:
    """One flag for the offices; that somebody read its words is written down."""
    order = _mine(request, code).order
    privacy.look(kind="open", subject=order, purpose="看使用记录", by=request.actor, at=now())
    return _page(request, code)


def _act(request: Request, code: str, operation: Callable[..., Flag]) -> HttpResponse:
    verb, flag = operation.__name__, _mine(request, code)
    form = VERBS[verb](request.POST)
    if not form.is_valid():
        page = _page(request, code)
        page.status_code = 422
        return page
    values = {"ruling": form.ruling()} if verb == "uphold" else form.cleaned_data
    once_for(request, lambda: operation(flag=flag, by=request.actor, at=now(), **values))
    messages.success(request, SAID[verb])
    return redirect("conduct:show", code)


@require_POST
@refused_on(_page)
def uphold(request: Request, code: str) -> HttpResponse:
    return _act(request, code, operations.uphold)


@require_POST
@refused_on(_page)
def dismiss(request: Request, code: str) -> HttpResponse:
    return _act(request, code, operations.dismiss)


@require_POST
@refused_on(_page)
def sustain(request: Request, code: str) -> HttpResponse:
    return _act(request, code, operations.sustain)


@require_POST
@refused_on(_page)
def overturn(request: Request, code: str) -> HttpResponse:
    return _act(request, code, operations.overturn)


def _flag_page(request: Request, key: str) -> HttpResponse:
    order = seen(request, key)
    if orders.is_asker(order, request.actor) or not request.actor.may("orders.dispatch"):
        raise Http404
    form = forms.Raise(request.POST or None)
    flags = queries.of_order(order)
    has_flag = any(one.state in Flag.OPEN for one in flags)
    context = {
        "order": order,
        "form": form,
        "may": rules.can_flag(order, request.actor, has_flag=has_flag),
        "flags": flags,
    }
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "conduct/flag.html", context, status=status)


@require_http_methods(["GET", "POST"])
@by_key
@refused_on(_flag_page)
def flag(request: Request, key: str) -> HttpResponse:
    order, form = seen(request, key), forms.Raise(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return _flag_page(request, key)
    given = form.cleaned_data
    raised = once_for(
        request, lambda: operations.flag(order=order, by=request.actor, at=now(), **given)
    )
    messages.success(request, "已记下，等街道复核；复核前什么也不会发生")
    return redirect("conduct:show", raised.code)


def _appeal_page(request: Request, key: str) -> HttpResponse:
    order = seen(request, key)
    told = queries.told_of(order)
    if told is None or not orders.is_asker(order, request.actor):
        raise Http404
    form = forms.Appeal(request.POST or None)
    context = {
        "flag": told,
        "key": key,
        "form": form,
        "may": rules.can_appeal(told, request.actor),
        "now": now(),
    }
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "conduct/appeal.html", context, status=status)


@require_http_methods(["GET", "POST"])
@by_key
@refused_on(_appeal_page)
def appeal(request: Request, key: str) -> HttpResponse:
    """What the person is told, and the form by which they say that it is not so."""
    told, form = queries.told_of(seen(request, key)), forms.Appeal(request.POST or None)
    if request.method == "GET" or told is None or not form.is_valid():
        return _appeal_page(request, key)
    words = form.cleaned_data["words"]
    once_for(request, lambda: operations.appeal(flag=told, words=words, by=request.actor, at=now()))
    messages.success(request, "已收到申诉，由另一位同志来定，五个工作日内答复您")
    return redirect(f"{reverse('conduct:appeal', args=[key])}{query(request)}")
