"""Finding the order behind a key, and showing its page."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from yizhan.base import files
from yizhan.base.verdict import Verdict
from yizhan.base.web import Request, shown
from yizhan.orders import forms, queries, rules, screens, sharing
from yizhan.orders.keys import by_key, seen
from yizhan.orders.models import Order
from yizhan.privacy import operations as privacy
from yizhan.privacy.marks import mark_of
from yizhan.routing import queries as routing
from yizhan.routing.models import Category

FORMS: dict[str, Any] = {
    "ask": forms.Ask,
    "answer": forms.Answer,
    "turn_away": forms.TurnAway,
    "dispatch": forms.Dispatch,
    "invite": forms.Invite,
    "send_back": forms.SendBack,
    "escalate": forms.Escalate,
    "send_down": forms.SendDown,
    "hand_over": forms.HandOver,
    "finish": forms.Finish,
    "rate": forms.Rate,
    "reopen": forms.Reopen,
    "withdraw": forms.Withdraw,
    "reveal": forms.Reveal,
    "contact": forms.Contact,
    "ask_extension": forms.AskExtension,
    "grant_extension": forms.GrantExtension,
    "refuse_extension": forms.RefuseExtension,
}


FACES = {"5": "laugh", "4": "smile", "3": "meh", "2": "frown", "1": "angry"}


def page(request: Request, key: str) -> HttpResponse:
    """The page of an order as it stands now, with the form just sent if it did not go through."""
    return page_of(request, key, seen(request, key))


def page_of(
    request: Request,
    key: str,
    order: Order,
    *,
    status: int = 200,
    revealed: bool = False,
    said: str = "",
) -> HttpResponse:
    """The same for an order already loaded; `said` is shown as a toast."""
    at = now()
    screen = screens.screen(order, request.actor, at, revealed=revealed)
    mine = screen.is_asker or screen.is_handler
    context = {
        "key": key,
        "screen": screen,
        "order": order,
        "may": screen.may,
        "forms": _forms(request, order, screen.may, done=bool(said)),
        "photos": screen.photos,
        "said": said,
        "faces": FACES,
        "emergency": _emergency(order) if screen.is_asker else None,
        "tab": "me" if screen.is_asker else "help",
        **screens.extras(order, screen.may, request.actor, at),
    }
    if not mine and sharing.can_share(order, request.actor):
        link = request.build_absolute_uri(reverse("orders:offer", args=[order.code]))
        context["group_text"] = sharing.of_order(order, link=link, demo=settings.DEMO, at=at)
    if said and not mine and _on_board(request):
        context["columns"] = queries.board(request.actor, at)
    name = "order" if mine else "record"
    page_name = "show" if mine else "record"
    return shown(
        request, f"orders/{page_name}.html", f"orders/_{name}.html", context, status=status
    )


def _emergency(order: Order) -> Category | None:
    """The emergency numbers, when the words speak of a danger."""
    words = order.words.open() if order.words else ""
    return routing.emergency() if routing.urgent_words(words) else None


def _on_board(request: Request) -> bool:
    current = request.htmx.current_url_abs_path if request.htmx else None
    return bool(current) and str(current).startswith(reverse("orders:board"))


def _forms(
    request: Request, order: Order, may: Mapping[str, Verdict], *, done: bool
) -> dict[str, Any]:
    """The forms of what may be done: one that did not go through as it was sent, others empty.

    The long list of categories is only built for whoever opens it.
    """
    match = request.resolver_match
    here = match.url_name if match else None
    sent = request.POST if request.method == "POST" and not done else None
    made = {verb: form(sent if verb == here else None) for verb, form in FORMS.items() if may[verb]}
    if "send_back" in made:
        made["send_back"].fields["cause"].choices = [(c, c.label) for c in rules.causes_of(order)]
    if here == "amend" and may["amend"]:
        made["amend"] = _amend(request, order, sent)
    return made


def _amend(request: Request, order: Order, sent: QueryDict | None) -> forms.Amend:
    if sent and request.refusal and request.refusal.code == "stale":
        again = sent.copy()
        again["version"] = str(order.version)
        sent = again
    leaf = order.category.code if order.category.parent_id else None
    initial = {"category": leaf, "brief": order.brief, "version": order.version}
    initial["level"] = order.level
    return forms.Amend(sent, initial=initial)


@require_safe
@by_key
def show(request: Request, key: str) -> HttpResponse:
    order = seen(request, key)
    own = rules.is_asker(order, request.actor) and request.actor.on_behalf_of is None
    if not own:
        privacy.look(kind="open", subject=order, purpose="", by=request.actor, at=now())
    return page_of(request, key, order)


@require_safe
@by_key
def slip(request: Request, key: str) -> HttpResponse:
    order = seen(request, key)
    if not rules.holds_receipt(order, request.actor):
        raise Http404
    url = request.build_absolute_uri(reverse("orders:show", args=[order.receipt_code]))
    return render(request, "orders/slip.html", {"order": order, "receipt_url": url})


@require_safe
def sheet(request: Request, key: str) -> HttpResponse:
    """The order on A4 for those who read orders, with who printed it and when; no telephone."""
    order, at = seen(request, key), now()
    reads = request.actor.may("orders.read") or request.actor.may("orders.read_open")
    if not reads or rules.is_asker(order, request.actor):
        raise Http404
    look = privacy.look(kind="export", subject=order, purpose="打印单子", by=request.actor, at=at)
    screen = screens.screen(order, request.actor, at)
    context = {"order": order, "screen": screen, "at": at, "watermark": mark_of(look)}
    return render(request, "orders/sheet.html", context)


@require_safe
@by_key
def photo(request: Request, key: str, number: int) -> HttpResponse:
    """The first, second or third photo of an order; its id tells nobody how many there are."""
    photos = queries.photos_of(seen(request, key))
    if not 0 < number <= len(photos):
        raise Http404
    found = photos[number - 1]
    try:
        data = files.read(found.file)
    except files.Damaged as error:
        raise Http404 from error
    return HttpResponse(data, content_type=found.file.media_type)
