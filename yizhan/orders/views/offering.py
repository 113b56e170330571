"""What a person may read of an order before accepting it, and the lists of such offers."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from yizhan.base.codes import tidy
from yizhan.base.web import Request, shown
from yizhan.clocks.calendar import promise_text
from yizhan.orders import queries, rules
from yizhan.orders.keys import by_key, known, seen
from yizhan.orders.models import Order


def offered(request: Request, key: str) -> Order:
    """An order offered to this actor, taken by somebody else or not; or one they see; or 404."""
    offers = Order.objects.known_to(request.actor).with_names()
    return offers.filter(code=tidy(key)).first() or seen(request, key)


def in_offer(request: Request, key: str) -> Order:
    """The same with nothing read but its id, for an operation."""
    offers = Order.objects.known_to(request.actor).only("pk")
    return offers.filter(code=tidy(key)).first() or known(request, key)


def offer_page(request: Request, key: str) -> HttpResponse:
    """The offer as it stands now: category, rough area, time and skill, nothing more."""
    order = offered(request, key)
    facts = queries.facts_of(order, request.actor)
    context = {
        "key": key,
        "order": order,
        "promise": promise_text(order.finish_by, now()),
        "accept": rules.can_accept(order, request.actor, facts),
        "decline": rules.can_decline(order, facts),
        "facts": facts,
        "tab": "help",
    }
    return shown(request, "orders/offer.html", "orders/_offer.html", context)


@require_safe
@by_key
def offer(request: Request, key: str) -> HttpResponse:
    order = offered(request, key)
    if rules.is_handler(order, request.actor):
        return redirect(order.get_absolute_url())
    return offer_page(request, key)


@require_safe
def pool(request: Request) -> HttpResponse:
    offers = queries.offers(request.actor)
    facts = queries.facts_for(offers, request.actor)
    rows = [(order, facts[order.pk]) for order in offers]
    context = {
        "invited": [order for order, known in rows if known.invited],
        "open_to_all": [order for order, known in rows if not known.invited],
        "in_hand": queries.taken(request.actor),
        "may_accept": request.actor.may("orders.accept"),
        "tab": "help",
        "at": now(),
    }
    return render(request, "orders/pool.html", context)
