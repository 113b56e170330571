"""回访 and 整改: the desk, one call, one rating to be put right."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import now
from django.views.decorators.http import require_POST, require_safe

from yizhan.base.codes import tidy
from yizhan.base.web import Request, gone_to, once_for, refused_on
from yizhan.callbacks import forms, operations, queries, rules
from yizhan.callbacks.models import READ, Callback, Rectification
from yizhan.people.histories import history
from yizhan.privacy import operations as privacy
from yizhan.privacy.rules import phone_access
from yizhan.ratings.queries import latest


@require_safe
def desk(request: Request) -> HttpResponse:
    """What waits for a call or for being put right, and what was heard."""
    if not (request.actor.may(READ) and request.actor.area):
        raise Http404
    at = now()
    context = {"desk": queries.desk(request.actor, at), "at": at}
    return render(request, "callbacks/desk.html", context)


def _callback(request: Request, code: str) -> Callback:
    mine = Callback.objects.visible_to(request.actor).with_names()
    return get_object_or_404(mine, code=tidy(code))


def _phone(request: Request, callback: Callback) -> str:
    """The number to call, where the post reads numbers and there is a call to make."""
    number = callback.order.contact_phone
    reads = phone_access(request.actor, accepted=False) in ("read", "reason")
    return number.open() if number and reads else ""


def _page(request: Request, code: str) -> HttpResponse:
    callback = _callback(request, code)
    may = {
        "try_call": rules.can_try(callback, request.actor, now()),
        "reach": rules.can_reach(callback, request.actor),
    }
    sent = request.POST if request.method == "POST" and "solved" in request.POST else None
    context = {
        "callback": callback,
        "order": callback.order,
        "phone": _phone(request, callback) if may["reach"] else "",
        "may": may,
        "form": forms.Reach(sent),
        "history": history(callback),
        "at": now(),
        "most": rules.MOST_TRIES,
    }
    return render(request, "callbacks/show.html", context)


@require_safe
def show(request: Request, code: str) -> HttpResponse:
    """One call: the number to ring, what to ask, what was heard. That it was opened is kept."""
    order = _callback(request, code).order
    privacy.look(kind="unmask", subject=order, purpose="回访", by=request.actor, at=now())
    return _page(request, code)


@require_POST
@refused_on(_page)
def try_call(request: Request, code: str) -> HttpResponse:
    callback = _callback(request, code)
    done = once_for(
        request, lambda: operations.try_call(callback=callback, by=request.actor, at=now())
    )
    return gone_to(request, done, said="已记下，换个时段再打")


@require_POST
@refused_on(_page)
def reach(request: Request, code: str) -> HttpResponse:
    callback, form = _callback(request, code), forms.Reach(request.POST)
    if not form.is_valid():
        page = _page(request, code)
        page.status_code = 422
        return page
    values = form.cleaned_data
    done = once_for(
        request,
        lambda: operations.reach(callback=callback, by=request.actor, at=now(), **values),
    )
    return gone_to(request, done, said="回访已记下")


def _found(request: Request, code: str) -> Rectification:
    mine = Rectification.objects.visible_to(request.actor).with_names()
    return get_object_or_404(mine, code=tidy(code))


def _rectification_page(request: Request, code: str) -> HttpResponse:
    found = _found(request, code)
    match = request.resolver_match
    here = match.url_name if match else ""
    sent = request.POST if request.method == "POST" else None
    context: dict[str, Any] = {
        "rectification": found,
        "order": found.order,
        "rating": latest(found.order),
        "may": {
            "rectify": rules.can_rectify(found, request.actor),
            "find_unfounded": rules.can_find_unfounded(found, request.actor),
        },
        "forms": {
            "rectify": forms.Rectify(sent if here == "rectify" else None),
            "find_unfounded": forms.Unfounded(sent if here == "find_unfounded" else None),
        },
        "history": history(found),
        "at": now(),
    }
    return render(request, "callbacks/rectification.html", context)


@require_safe
def rectification(request: Request, code: str) -> HttpResponse:
    """A bad rating and what is done about it; that it was opened is kept."""
    found = _found(request, code)
    privacy.look(kind="open", subject=found.order, purpose="看整改", by=request.actor, at=now())
    return _rectification_page(request, code)


def _act(request: Request, code: str, form: Any, operation: Any, said: str) -> HttpResponse:
    found = _found(request, code)
    if not form.is_valid():
        page = _rectification_page(request, code)
        page.status_code = 422
        return page
    words = form.cleaned_data["words"]
    done = once_for(
        request,
        lambda: operation(rectification=found, words=words, by=request.actor, at=now()),
    )
    return gone_to(request, done, said=said)


@require_POST
@refused_on(_rectification_page)
def rectify(request: Request, code: str) -> HttpResponse:
    form = forms.Rectify(request.POST)
    return _act(request, code, form, operations.rectify, "已记下整改，已告诉点单人")


@require_POST
@refused_on(_rectification_page)
def find_unfounded(request: Request, code: str) -> HttpResponse:
    form = forms.Unfounded(request.POST)
    return _act(request, code, form, operations.find_unfounded, "已记下，不计入满意率")
