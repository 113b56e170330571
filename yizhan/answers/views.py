"""您说我办: what everybody may read, and the desk of the offices that write it."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yizhan.answers import forms, operations, queries, rules
from yizhan.answers.models import Answer
from yizhan.base.web import Request, asked, once_for, refused_on
from yizhan.orders import rules as orders
from yizhan.orders.keys import by_key, seen
from yizhan.orders.models import Order
from yizhan.orders.stand_in import query
from yizhan.people.histories import history
from yizhan.privacy import operations as privacy
from yizhan.regions.models import Region

VERBS: dict[str, Any] = {
    "publish": forms.Publish,
    "send_back": forms.SendBack,
    "retire": forms.Retire,
}
SAID = {
    "publish": "已公开",
    "send_back": "已退回，请写的人修改",
    "retire": "已撤下",
}


@login_not_required
@require_safe
def answers(request: Request) -> HttpResponse:
    """What was asked and what was done, the newest first."""
    wanted = forms.wanted(request.GET)
    found = queries.found(wanted, now())
    chosen = {"region": wanted.region, "group": wanted.group, "q": wanted.words}
    context = {
        "found": found,
        "form": forms.Find(chosen, regions=found.regions, groups=found.groups),
        "chosen": any(chosen.values()),
        "query": urlencode({name: value for name, value in chosen.items() if value}),
    }
    return render(request, "answers/answers.html", context)


@login_not_required
@require_safe
def show(request: Request, code: str) -> HttpResponse:
    """One answer, as everybody may read it."""
    answer = get_object_or_404(queries.public(now()).with_names(), code=code)
    return render(request, "answers/show.html", {"answer": answer})


@login_not_required
@require_safe
def sheet(request: Request) -> HttpResponse:
    """回音: the answers of one community, or of all, in this month, for the board of a station."""
    code, own = asked(request, "region"), Region.objects.current().own()
    region = get_object_or_404(own.communities(), code=code) if code else None
    first = localdate(now()).replace(day=1)
    context = {
        "region": region,
        "first": first,
        "answers": queries.of_month(region, first, now()),
        "link": request.build_absolute_uri(f"{reverse('answers:answers')}?region={code}"),
    }
    return render(request, "answers/sheet.html", context)


@require_safe
def desk(request: Request) -> HttpResponse:
    """What waits for a second person, what is to be changed, what is out, what was taken down."""
    if not (request.actor.may("orders.dispatch") and request.actor.area):
        raise Http404
    return render(request, "answers/desk.html", {"desk": queries.desk(request.actor, now())})


def _mine(request: Request, code: str) -> Answer:
    return get_object_or_404(Answer.objects.visible_to(request.actor).with_names(), code=code)


def _record_page(request: Request, code: str) -> HttpResponse:
    answer = _mine(request, code)
    consent = queries.consent_to_tell(answer.order, now()) is not None
    may = {
        "publish": rules.can_publish(answer, request.actor, has_consent=consent),
        "send_back": rules.can_send_back(answer, request.actor),
        "retire": rules.can_retire(answer, request.actor),
    }
    match = request.resolver_match
    here = match.url_name if match else ""
    sent = {verb: request.POST if verb == here and request.POST else None for verb in VERBS}
    context = {
        "answer": answer,
        "may": may,
        "may_rewrite": rules.can_rewrite(answer, request.actor),
        "forms": {verb: form(sent[verb]) for verb, form in VERBS.items() if may[verb]},
        "is_shown": queries.public(now()).filter(pk=answer.pk).exists(),
        "history": history(answer),
    }
    return render(request, "answers/record.html", context)


@require_safe
def record(request: Request, code: str) -> HttpResponse:
    """One answer for the office: the text, how it stands, what was done with it."""
    return _record_page(request, code)


def _form_page(request: Request, form: forms.Write, order: Order, **more: Any) -> HttpResponse:
    status = 422 if form.is_bound and not form.is_valid() else 200
    consent = queries.consent_to_tell(order, now()) is not None
    context = {"form": form, "order": order, "has_consent": consent, **more}
    return render(request, "answers/write.html", context, status=status)


def _write_page(request: Request, key: str) -> HttpResponse:
    order = seen(request, key)
    if orders.is_asker(order, request.actor) or not request.actor.may("orders.dispatch"):
        raise Http404
    if request.method == "GET":
        privacy.look(kind="open", subject=order, purpose="写您说我办", by=request.actor, at=now())
    may = rules.can_write(order, request.actor)
    words = order.words.open() if order.words and may else ""
    return _form_page(request, forms.Write(request.POST or None), order, may=may, words=words)


@require_http_methods(["GET", "POST"])
@by_key
@refused_on(_write_page)
def write(request: Request, key: str) -> HttpResponse:
    order, form = seen(request, key), forms.Write(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return _write_page(request, key)
    told = form.told()
    answer = once_for(
        request, lambda: operations.write(order=order, told=told, by=request.actor, at=now())
    )
    messages.success(request, "已写好，等另一位同志看过就公开")
    return redirect("answers:record", answer.code)


def _rewrite_page(request: Request, code: str) -> HttpResponse:
    answer = _mine(request, code)
    initial = {name: getattr(answer, name) for name in operations.TEXTS}
    form = forms.Write(request.POST or None, initial=initial)
    may = rules.can_rewrite(answer, request.actor)
    return _form_page(request, form, answer.order, may=may, answer=answer)


@require_http_methods(["GET", "POST"])
@refused_on(_rewrite_page)
def rewrite(request: Request, code: str) -> HttpResponse:
    answer, form = _mine(request, code), forms.Write(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return _rewrite_page(request, code)
    told = form.told()
    once_for(
        request, lambda: operations.rewrite(answer=answer, told=told, by=request.actor, at=now())
    )
    messages.success(request, "已改好，等另一位同志看过就公开")
    return redirect("answers:record", code)


def _act(request: Request, code: str, operation: Callable[..., Answer]) -> HttpResponse:
    verb, answer = operation.__name__, _mine(request, code)
    form = VERBS[verb](request.POST)
    if not form.is_valid():
        page = _record_page(request, code)
        page.status_code = 422
        return page
    values = {} if verb == "publish" else form.cleaned_data
    once_for(request, lambda: operation(answer=answer, by=request.actor, at=now(), **values))
    messages.success(request, SAID[verb])
    return redirect("answers:record", code)


@require_POST
@refused_on(_record_page)
def publish(request: Request, code: str) -> HttpResponse:
    return _act(request, code, operations.publish)


@require_POST
@refused_on(_record_page)
def send_back(request: Request, code: str) -> HttpResponse:
    return _act(request, code, operations.send_back)


@require_POST
@refused_on(_record_page)
def retire(request: Request, code: str) -> HttpResponse:
    return _act(request, code, operations.retire)


def _take_down_page(request: Request, key: str) -> HttpResponse:
    order = seen(request, key)
    answer = queries.of_order(order)
    if not orders.is_asker(order, request.actor) or answer is None:
        raise Http404
    context = {"answer": answer, "key": key, "may": rules.can_take_down(answer, request.actor)}
    return render(request, "answers/take_down.html", context)


@require_http_methods(["GET", "POST"])
@by_key
@refused_on(_take_down_page)
def take_down(request: Request, key: str) -> HttpResponse:
    """What is told of the asker's own order, and the button that takes it down."""
    order = seen(request, key)
    answer = queries.of_order(order)
    if request.method == "GET" or answer is None:
        return _take_down_page(request, key)
    once_for(request, lambda: operations.take_down(answer=answer, by=request.actor, at=now()))
    messages.success(request, "已撤下，别人看不到了")
    return redirect(f"{reverse('orders:show', args=[key])}{query(request)}")
