"""纸质答复: printed for whoever has no telephone, and ticked off when it was brought."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_POST, require_safe

from yizhan.base.outbox import Notice
from yizhan.base.web import Request, once_for, refused_on
from yizhan.notices.queries import to_bring
from yizhan.orders import operations
from yizhan.orders.models import Order
from yizhan.orders.papers import paper_of
from yizhan.orders.queries import PAGE
from yizhan.people.models import CARDS, Person
from yizhan.privacy import operations as privacy

OF_ORDERS = Order._meta.label_lower


def papers_page(request: Request, **_: Any) -> HttpResponse:
    """What waits to be brought, the oldest first."""
    if not (request.actor.may(CARDS) and request.actor.area):
        raise Http404
    waiting = to_bring(request.actor).filter(subject_type=OF_ORDERS)
    return render(request, "orders/papers.html", {"papers": list(waiting[:PAGE])})


@require_safe
def papers(request: Request) -> HttpResponse:
    return papers_page(request)


def _one(request: Request, who: str, number: int) -> Notice:
    waiting = to_bring(request.actor).filter(subject_type=OF_ORDERS)
    return get_object_or_404(waiting, to__code=who, number=number)


@require_safe
def paper(request: Request, who: str, number: int) -> HttpResponse:
    """One answer on paper, with the name it is for; that it was printed is written down."""
    notice, at = _one(request, who, number), now()
    person = get_object_or_404(Person, pk=notice.to_id or 0)
    privacy.look(kind="export", subject=person, purpose="打印纸质答复", by=request.actor, at=at)
    context = {"paper": paper_of(notice, request.actor), "person": person, "at": at}
    return render(request, "orders/paper.html", context)


@require_POST
@refused_on(papers_page)
def hand_paper(request: Request, who: str, number: int) -> HttpResponse:
    notice = _one(request, who, number)
    once_for(request, lambda: operations.hand_paper(notice=notice, by=request.actor, at=now()))
    messages.success(request, "记下了，这份答复已送到")
    return redirect("orders:papers")
