"""我的授权: what is on, since when, in which words, and the two taps."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_POST, require_safe

from yizhan.base.web import Request, once_for, refused_on
from yizhan.people.models import Person
from yizhan.privacy import operations, queries
from yizhan.privacy.forms import Agree
from yizhan.privacy.purposes import PURPOSES


def _me(request: Request) -> Person:
    return Person.objects.select_related("home").get(pk=request.actor.person_id or 0)


def agreements_page(request: Request, **_: str) -> HttpResponse:
    """Every purpose with its switch, and the ledger below."""
    at, me = now(), _me(request)
    context = {
        "lines": queries.agreements(me, at),
        "told": queries.told(at),
        "history": queries.history(me)[: queries.MOST_LINES],
        "tab": "me",
    }
    return render(request, "privacy/agreements.html", context)


@require_safe
def agreements(request: Request) -> HttpResponse:
    return agreements_page(request)


@require_POST
@refused_on(agreements_page)
def give_consent(request: Request, purpose: str) -> HttpResponse:
    """Agree, in the words that the page showed."""
    if purpose not in PURPOSES:
        raise Http404
    number = Agree(request.POST).version()
    once_for(
        request,
        lambda: operations.give_consent(
            person=_me(request), purpose=purpose, number=number, by=request.actor, at=now()
        ),
    )
    messages.success(request, f"已同意：{PURPOSES[purpose].name}。随时可以撤回")
    return redirect("privacy:agreements")


@require_POST
@refused_on(agreements_page)
def withdraw_consent(request: Request, purpose: str) -> HttpResponse:
    """Agree no longer."""
    if purpose not in PURPOSES:
        raise Http404
    once_for(
        request,
        lambda: operations.withdraw_consent(
            person=_me(request), purpose=purpose, by=request.actor, at=now()
        ),
    )
    messages.success(request, f"已撤回：{PURPOSES[purpose].name}，马上生效")
    return redirect("privacy:agreements")
