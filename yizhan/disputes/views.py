"""派单异议: raising one, the list of rulings, the page of one, and the ruling."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yizhan.base.codes import tidy
from yizhan.base.web import Request, gone_to, once_for, refused_on
from yizhan.disputes import forms, operations, queries, rules
from yizhan.disputes.models import OBJECT, RULE, Dispute
from yizhan.orders import queries as orders
from yizhan.orders import rules as order_rules
from yizhan.orders import screens, whom
from yizhan.orders.models import Order
from yizhan.privacy import operations as privacy

READERS = (RULE, OBJECT, "orders.dispatch")


@require_safe
def rulings(request: Request) -> HttpResponse:
    """What waits for a ruling, late ones first, and what was ruled."""
    if not any(request.actor.may(power) for power in READERS):
        raise Http404
    at = now()
    context = {"pile": queries.rulings(request.actor, at), "at": at}
    return render(request, "disputes/rulings.html", context)


def _of_unit(request: Request, code: str) -> Order:
    """The order of the actor's unit under this code, or 404."""
    seen = Order.objects.visible_to(request.actor, now()).with_names()
    order = get_object_or_404(seen, code=tidy(code))
    if not order_rules.leads_unit(order, request.actor, OBJECT):
        raise Http404
    return order


def _raise_page(request: Request, order: str) -> HttpResponse:
    at = now()
    seen = Order.objects.visible_to(request.actor, at).with_names()
    found = get_object_or_404(seen, code=tidy(order))
    form = forms.RaiseDispute(request.POST or None, order=found)
    context = {
        "form": form,
        "order": found,
        "may": rules.can_raise_dispute(found, request.actor),
        "back": order_rules.can_send_back(found, request.actor),
        "days": rules.RULE_DAYS,
        "at": at,
    }
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "disputes/raise_dispute.html", context, status=status)


@require_http_methods(["GET", "POST"])
@refused_on(_raise_page)
def raise_dispute(request: Request, order: str) -> HttpResponse:
    if raised := queries.raised_by(tidy(order), request.actor):
        return gone_to(request, raised)
    found = _of_unit(request, order)
    form = forms.RaiseDispute(request.POST or None, order=found)
    if request.method == "GET" or not form.is_valid():
        return _raise_page(request, order)
    kept, by = form.cleaned_data, request.actor
    dispute = once_for(
        request, lambda: operations.raise_dispute(order=found, by=by, at=now(), **kept)
    )
    return gone_to(request, dispute, said="已提出异议，等裁定。点单人的时限不变")


def _seen(request: Request, code: str) -> Dispute:
    return get_object_or_404(
        Dispute.objects.visible_to(request.actor).with_names(), code=tidy(code)
    )


def _page(request: Request, code: str, *, status: int = 200) -> HttpResponse:
    dispute, at, by = _seen(request, code), now(), request.actor
    may = rules.can_adjudicate(dispute, by)
    reads = order_rules.sees(dispute.order, by, at)
    steps = orders.told_to(dispute.order, by)
    sent = request.POST if request.method == "POST" else None
    context: dict[str, Any] = {
        "row": queries.row(dispute, at),
        "dispute": dispute,
        "order": dispute.order,
        "objection": queries.words_of(steps, "disputed", dispute.raised_at),
        "ruling": queries.words_of(steps, "settled", dispute.ruled_at),
        "lines": screens.history(steps, asker=False) if reads else [],
        "reads": reads,
        "may": may,
        "feed": rules.can_feed_directory(dispute, by),
        "at": at,
    }
    if may:
        context["form"] = forms.Adjudicate(sent)
        context["units"] = whom.units_for(dispute.order)
    return render(request, "disputes/show.html", context, status=status)


@require_safe
def show(request: Request, code: str) -> HttpResponse:
    """A dispute with both sides' words; where the order itself is shown, that is written down."""
    dispute, at = _seen(request, code), now()
    if order_rules.sees(dispute.order, request.actor, at):
        privacy.look(subject=dispute.order, by=request.actor, at=at)
    return _page(request, code)


@require_POST
@refused_on(_page)
def adjudicate(request: Request, code: str) -> HttpResponse:
    dispute, by = _seen(request, code), request.actor
    form = forms.Adjudicate(request.POST)
    if not form.is_valid():
        return _page(request, code, status=422)
    unit, words = form.cleaned_data["unit"], form.cleaned_data["words"]
    done = once_for(
        request,
        lambda: operations.adjudicate(dispute=dispute, unit=unit, words=words, by=by, at=now()),
    )
    return gone_to(request, done, said="已裁定，已通知承办单位和提出异议的单位")


@require_POST
@refused_on(_page)
def feed_directory(request: Request, code: str) -> HttpResponse:
    dispute, by = _seen(request, code), request.actor
    done = once_for(request, lambda: operations.feed_directory(dispute=dispute, by=by, at=now()))
    return gone_to(request, done, said="已写进派单目录的草稿，由管目录的人确认")
