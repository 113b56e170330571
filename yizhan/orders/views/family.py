"""家人代办: the orders of whom one acts for, and a proxy given on paper at the counter."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_POST, require_safe

from yizhan.base.web import Request, asked, once_for, refused_on
from yizhan.orders.counter_forms import Entrust
from yizhan.orders.models import Order
from yizhan.orders.queries import PAGE
from yizhan.orders.stand_in import met, words_for
from yizhan.orders.views.counter import person_page, served
from yizhan.people import operations, queries
from yizhan.people.acting import acting_for
from yizhan.people.models import How, Person, Proxy, Scope
from yizhan.privacy import operations as privacy


@require_safe
def theirs(request: Request, who: str) -> HttpResponse:
    """The orders of a member of the family, as far as their mandate goes; 404 without one."""
    at = now()
    principal = get_object_or_404(Person.objects.select_related("home"), code=who)
    acting = acting_for(request.actor, principal, how=How.FAMILY, day=localdate(at))
    if acting is None or acting.how != How.FAMILY:
        raise Http404
    privacy.look(kind="open", subject=principal, purpose=str(How.FAMILY.label), by=acting, at=at)
    orders = Order.objects.visible_to(acting, at).with_names().order_by("-pk")
    context = {
        "person": principal,
        "orders": list(orders[:PAGE]),
        "query": words_for(principal),
        "may_order": acting.is_entrusted(Scope.ORDER),
        "tab": "me",
    }
    return render(request, "orders/theirs.html", context)


@require_POST
@refused_on(person_page)
def entrust(request: Request, who: str) -> HttpResponse:
    """Keep what a person has signed before staff, and print it with the code for the family."""
    principal, form = served(request, who), Entrust(request.POST)
    if not form.is_valid():
        return person_page(request, who)
    until = localdate(now()) + timedelta(days=form.cleaned_data["days"])
    proxy = once_for(
        request,
        lambda: operations.entrust(
            principal=principal,
            scopes=form.cleaned_data["scopes"],
            until=until,
            by=request.actor,
            at=now(),
        ),
    )
    return redirect("orders:proxy_sheet", who=who, number=proxy.number)


def _proxy(request: Request, who: str, number: int) -> Proxy:
    proxy = queries.proxy_at(served(request, who), number)
    if proxy is None:
        raise Http404
    return proxy


@require_safe
def proxy_sheet(request: Request, who: str, number: int) -> HttpResponse:
    """委托书 on A4 for the signatures; the code is for the family and below a line to cut."""
    proxy = _proxy(request, who, number)
    if proxy.state != Proxy.State.OFFERED or proxy.witness_id != request.actor.person_id:
        raise Http404
    privacy.look(
        kind="export", subject=proxy.principal, purpose="打印委托书", by=request.actor, at=now()
    )
    return render(request, "orders/proxy_sheet.html", {"proxy": proxy})


@require_POST
@refused_on(person_page)
def end_proxy(request: Request, who: str, number: int) -> HttpResponse:
    """End a proxy at the counter, for a principal who asks for it there."""
    proxy = _proxy(request, who, number)
    once_for(request, lambda: operations.end_proxy(proxy=proxy, by=request.actor, at=now()))
    messages.success(request, "已终止，马上生效")
    return redirect(reverse("orders:person", args=[who]) + met(asked(request, "how")))
