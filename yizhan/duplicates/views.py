"""Telling somebody that others ask for the same, joining them; and the desk that merges."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yizhan.base.codes import tidy
from yizhan.base.verdict import Refused
from yizhan.base.web import Request, asked, once_for, refused_on
from yizhan.duplicates import beside, forms, operations, queries, rules
from yizhan.orders import operations as orders
from yizhan.orders.keys import by_key, seen
from yizhan.orders.models import Order
from yizhan.orders.standing import is_asker
from yizhan.people.limits import can_go_on
from yizhan.privacy import operations as privacy

NUMBER = 18


@login_not_required
@require_POST
def suggest(request: Request) -> HttpResponse:
    """What others have brought already that sounds like what is being typed; often nothing.

    Typing is never stopped: whoever asks too often is told nothing.
    """
    form, found = forms.Typing(request.POST), []
    if can_go_on(request, "suggest_same") and form.is_valid() and (where := form.where()):
        words, place = form.cleaned_data["words"], form.cleaned_data["place"]
        found = queries.same_as(words, where, place, request.actor, now())
    return render(request, "duplicates/_suggest.html", {"found": found})


def _shown(request: Request) -> tuple[str, Order | None]:
    """The order that the visitor was shown, by the sealed word for it; none for any other word."""
    token = request.POST.get("same", "") or asked(request, "same")
    return token, queries.of_token(token, now())


def _main(request: Request) -> Order:
    _, main = _shown(request)
    if main is None:
        raise Refused(rules.GONE.code, rules.GONE.reason)
    return main


def _join_page(request: Request, form: forms.Join | None = None) -> HttpResponse:
    token, main = _shown(request)
    typed = {name: request.POST.get(name, "") for name in forms.Join.base_fields}
    sent = request.POST if request.refusal else None
    form = form or forms.Join(sent, initial=typed)
    may = rules.can_join(main, request.actor) if main else rules.GONE
    context = {
        "form": form,
        "token": token,
        "may": may,
        "same": queries.shown(main, now()) if main and may else None,
        "tab": "place",
    }
    return render(request, "duplicates/join.html", context, status=422 if form.errors else 200)


@login_not_required
@require_http_methods(["GET", "POST"])
@refused_on(_join_page)
def join(request: Request) -> HttpResponse:
    """From a suggestion to a page that asks what one would add; from there to an order."""
    if request.method == "GET" or "sure" not in request.POST:
        return _join_page(request)
    form = forms.Join(request.POST)
    if not form.is_valid():
        return _join_page(request, form)
    if not request.actor.person_id:
        can_go_on(request, "place").or_refuse()
    said, main = form.said(), _main(request)
    order = once_for(
        request, lambda: operations.join(main=main, said=said, by=request.actor, at=now())
    )
    return redirect(f"{reverse('orders:show', args=[order.receipt_code])}?new=1")


def _own(request: Request, key: str) -> Order:
    """The visitor's own order under this key, or 404."""
    order = seen(request, key)
    if not is_asker(order, request.actor):
        raise Http404
    return order


def _attach_page(request: Request, key: str) -> HttpResponse:
    order, at = _own(request, key), now()
    found = []
    if beside.is_offered(order, request.actor, at):
        found = queries.same_as_order(order, request.actor, at)
    context = {"order": order, "key": key, "found": found, "tab": "me"}
    return render(request, "duplicates/attach.html", context)


@require_http_methods(["GET", "POST"])
@by_key
@refused_on(_attach_page)
def attach(request: Request, key: str) -> HttpResponse:
    if request.method == "GET":
        return _attach_page(request, key)
    order, main = _own(request, key), _main(request)
    once_for(
        request,
        lambda: operations.attach(order=order, main=main, by=request.actor, at=now()),
    )
    messages.success(request, "好的，和同一件事一起办，办好一起告诉您")
    return redirect("orders:show", key)


@require_safe
def pairs(request: Request) -> HttpResponse:
    """The pairs of orders that may be about the same, the newest first."""
    if not request.actor.may(rules.TRIAGE):
        raise Http404
    before = asked(request, "before")
    number = int(before) if before.isdecimal() and len(before) < NUMBER else None
    page = queries.alike(request.actor, now(), before=number)
    return render(request, "duplicates/pairs.html", {"page": page, "before": number})


def _triaged(request: Request, key: str) -> Order:
    """The order under this code that the actor triages, or 404."""
    seen = Order.objects.visible_to(request.actor, now()).with_names()
    order = get_object_or_404(seen, code=tidy(key))
    if not rules.can_compare(request.actor, order):
        raise Http404
    return order


def _compare_page(request: Request, key: str) -> HttpResponse:
    order, at, by = _triaged(request, key), now(), request.actor
    code = tidy(asked(request, "code"))
    more = queries.named(code, order, by, at)
    form = forms.Beside({"code": code} if code else None)
    if code and not more:
        form.add_error("code", "没有这个单号，或不在同一个街道、不在您的辖区")
    sides = queries.beside(order, queries.likely(order, by, at), more)
    main = _main_of(order, by)
    inside = queries.folded_into(order) if order.joined else []
    for one in [side.order for side in sides] + inside + ([main] if main else []):
        privacy.look(kind="open", subject=one, purpose="", by=by, at=at)
    context: dict[str, Any] = {
        "order": order,
        "sides": sides,
        "inside": inside,
        "main": main,
        "best": _best(sides),
        "form": form,
        "to_merge": sum(side.may_be_main for side in sides) > 0
        and len(sides) > 1
        and any(side.may_go_in for side in sides),
    }
    return render(request, "duplicates/compare.html", context)


def _main_of(order: Order, by: Any) -> Order | None:
    """The order it was merged into, where the actor triages that too."""
    main = Order.objects.filter(folded=order).with_names().first() if order.main_id else None
    return main if main and rules.can_compare(by, main) else None


def _best(sides: list[queries.Side]) -> str:
    """The one proposed as the main order: with most in it, then the oldest."""
    fit = [side.order for side in sides if side.may_be_main]
    best = min(fit, key=lambda one: (-one.joined, one.pk), default=None)
    return best.code if best else ""


@require_safe
def compare(request: Request, key: str) -> HttpResponse:
    return _compare_page(request, key)


@require_POST
@refused_on(_compare_page)
def merge(request: Request, key: str) -> HttpResponse:
    order, at = _triaged(request, key), now()
    seen = Order.objects.visible_to(request.actor, at)
    chosen = tidy(request.POST.get("main", ""))
    codes = {chosen, *map(tidy, request.POST.getlist("others"))}
    found = {one.code: one for one in seen.filter(code__in=codes)[: rules.MOST_AT_ONCE + 2]}
    main = found.pop(chosen, None) or order
    kept = once_for(
        request,
        lambda: operations.merge(main=main, others=[*found.values()], by=request.actor, at=now()),
    )
    messages.success(request, "已合并，办结时一起答复，每位点单人都可以评单")
    return redirect("duplicates:compare", kept.code)


@require_POST
@refused_on(_compare_page)
def fold_out(request: Request, key: str) -> HttpResponse:
    order = _triaged(request, key)
    once_for(request, lambda: orders.fold_out(order=order, by=request.actor, at=now()))
    messages.success(request, "已取消合并，这张单子单独办")
    return redirect("duplicates:compare", order.code)


@require_POST
@refused_on(_compare_page)
def tell_apart(request: Request, key: str) -> HttpResponse:
    order = _triaged(request, key)
    other = tidy(request.POST.get("other", ""))
    pair = queries.pair_of(order, other, request.actor, now())
    if pair is None:
        raise Http404
    once_for(request, lambda: operations.tell_apart(pair=pair, by=request.actor, at=now()))
    messages.success(request, "记下了，这两张不是同一件，以后不再提示")
    back = "duplicates:pairs" if request.POST.get("back") == "pairs" else "duplicates:compare"
    return redirect(back) if back.endswith("pairs") else redirect(back, order.code)
