"""The acts on one order: load, form, one operation, and the page as it stands then."""

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect, push_url

from yizhan.base.switches import is_on
from yizhan.base.web import Request, once_for, refused_on
from yizhan.orders import forms, operations, rules
from yizhan.orders.keys import by_key, known, seen
from yizhan.orders.models import Order
from yizhan.orders.stand_in import query, way_out
from yizhan.orders.views.offering import in_offer, offer_page
from yizhan.orders.views.opening import page, page_of

Load = Callable[[Request, str], Order]
DONE = {
    "admit": "已受理，已告诉点单人",
    "ask": "已请点单人补充",
    "answer": "补充的情况已收到，接着办",
    "amend": "分类已改好",
    "turn_away": "已告诉点单人到哪里办",
    "dispatch": "已派单，已通知承办单位",
    "invite": "邀请已发出",
    "accept": "接单成功，已告诉点单人",
    "decline": "好的，已记下您这次不方便。只有您自己看得到",
    "send_back": "已退回，原因已记下",
    "hand_over": "已请同事接手，接手之前仍由您办",
    "finish": "已办结，已请点单人评单",
    "rate": "谢谢您的评价，工作人员会认真看",
    "reopen": "已重新打开，会再安排人办",
    "withdraw": "已撤回",
    "escalate": "已上报街道，已告诉点单人",
    "send_down": "已退回社区，原因已记下",
    "call_in": "已收回，请重新安排",
    "contact": "已记下联系过点单人",
    "ask_extension": "已申请延期，批准之前时限不变",
    "grant_extension": "已同意延期，已告诉点单人新的时间",
    "refuse_extension": "已不同意延期，已告诉申请的人",
    "undo": "已撤销，刚才告诉过的人会收到更正",
}


def act(
    request: Request,
    key: str,
    operation: Callable[..., Order],
    form: type[django_forms.Form] | None = None,
    *,
    load: Load = known,
) -> HttpResponse:
    """One act: 404 outside, 422 with the errors, 409 by the middleware, else the page again."""
    order = load(request, key)
    values: dict[str, Any] = {}
    if form:
        sent = form(request.POST)
        if not sent.is_valid():
            return page_of(request, key, seen(request, key), status=422)
        values = sent.cleaned_data
    order = once_for(request, lambda: operation(order=order, by=request.actor, at=now(), **values))
    return done(request, key, order, DONE[operation.__name__])


def done(request: Request, key: str, order: Order, said: str) -> HttpResponse:
    """Answer a change: the new fragment for htmx, the page again for a plain form."""
    kept = rules.sees(order, request.actor, now()) and is_on("orders", order.region_code)
    if kept and request.htmx:
        response = page_of(request, key, order, said=said)
        if request.htmx.current_url_abs_path == reverse("orders:offer", args=[key]):
            push_url(response, reverse("orders:show", args=[key]))
        return response
    messages.success(request, said)
    path = f"{reverse('orders:show', args=[key])}{query(request)}" if kept else way_out(request)
    return HttpResponseClientRedirect(path) if request.htmx else redirect(path)


@require_POST
@by_key
@refused_on(page)
def admit(request: Request, key: str) -> HttpResponse:
    return act(request, key, operations.admit)


@require_POST
@by_key
@refused_on(page)
def ask(request: Request, key: str) -> HttpResponse:
    return act(request, key, operations.ask, forms.Ask)


@require_POST
@by_key
@refused_on(page)
def answer(request: Request, key: str) -> HttpResponse:
    return act(request, key, operations.answer, forms.Answer)


@require_http_methods(["GET", "POST"])
@by_key
@refused_on(page)
def amend(request: Request, key: str) -> HttpResponse:
    if request.method == "GET":
        return page(request, key)
    return act(request, key, operations.amend, forms.Amend)


@require_POST
@by_key
@refused_on(page)
def turn_away(request: Request, key: str) -> HttpResponse:
    return act(request, key, operations.turn_away, forms.TurnAway)


@require_POST
@by_key
@refused_on(page)
def dispatch(request: Request, key: str) -> HttpResponse:
    return act(request, key, operations.dispatch, forms.Dispatch)


@require_POST
@by_key
@refused_on(page)
def invite(request: Request, key: str) -> HttpResponse:
    return act(request, key, operations.invite, forms.Invite)


@require_POST
@by_key
@refused_on(offer_page)
def accept(request: Request, key: str) -> HttpResponse:
    return act(request, key, operations.accept, load=in_offer)


@require_POST
@by_key
@refused_on(offer_page)
def decline(request: Request, key: str) -> HttpResponse:
    return act(request, key, operations.decline, load=in_offer)


@require_POST
@by_key
@refused_on(page)
def send_back(request: Request, key: str) -> HttpResponse:
    return act(request, key, operations.send_back, forms.SendBack)


@require_POST
@by_key
@refused_on(page)
def hand_over(request: Request, key: str) -> HttpResponse:
    return act(request, key, operations.hand_over, forms.HandOver)


@require_POST
@by_key
@refused_on(page)
def finish(request: Request, key: str) -> HttpResponse:
    return act(request, key, operations.finish, forms.Finish)


@require_POST
@by_key
@refused_on(page)
def rate(request: Request, key: str) -> HttpResponse:
    return act(request, key, operations.rate, forms.Rate)


@require_POST
@by_key
@refused_on(page)
def reopen(request: Request, key: str) -> HttpResponse:
    return act(request, key, operations.reopen, forms.Reopen)


@require_POST
@by_key
@refused_on(page)
def withdraw(request: Request, key: str) -> HttpResponse:
    return act(request, key, operations.withdraw, forms.Withdraw)


@require_POST
@by_key
@refused_on(page)
def escalate(request: Request, key: str) -> HttpResponse:
    return act(request, key, operations.escalate, forms.Escalate)


@require_POST
@by_key
@refused_on(page)
def send_down(request: Request, key: str) -> HttpResponse:
    return act(request, key, operations.send_down, forms.SendDown)


@require_POST
@by_key
@refused_on(page)
def call_in(request: Request, key: str) -> HttpResponse:
    return act(request, key, operations.call_in)


@require_POST
@by_key
@refused_on(page)
def contact(request: Request, key: str) -> HttpResponse:
    return act(request, key, operations.contact, forms.Contact)


@require_POST
@by_key
@refused_on(page)
def ask_extension(request: Request, key: str) -> HttpResponse:
    return act(request, key, operations.ask_extension, forms.AskExtension)


@require_POST
@by_key
@refused_on(page)
def grant_extension(request: Request, key: str) -> HttpResponse:
    return act(request, key, operations.grant_extension, forms.GrantExtension)


@require_POST
@by_key
@refused_on(page)
def refuse_extension(request: Request, key: str) -> HttpResponse:
    return act(request, key, operations.refuse_extension, forms.RefuseExtension)


@require_POST
@by_key
@refused_on(page)
def undo(request: Request, key: str) -> HttpResponse:
    return act(request, key, operations.undo)


@require_POST
@by_key
@refused_on(page)
def reveal(request: Request, key: str) -> HttpResponse:
    order, sent = seen(request, key), forms.Reveal(request.POST)
    if not sent.is_valid():
        return page_of(request, key, order, status=422)
    operations.reveal(order=order, by=request.actor, at=now(), **sent.cleaned_data)
    return page_of(request, key, order, revealed=True)
