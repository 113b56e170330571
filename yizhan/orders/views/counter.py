"""办事台: persons without a telephone are registered, get a card, and are served."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yizhan.base.codes import is_receipt, tidy
from yizhan.base.web import Request, asked, once_for, refused_on
from yizhan.notices.queries import to_bring
from yizhan.orders import counter_forms as forms
from yizhan.orders import counters
from yizhan.orders.stand_in import met, words_for
from yizhan.people import operations, queries
from yizhan.people.models import CARDS, Card, Person
from yizhan.privacy import operations as privacy


def _works_here(request: Request) -> None:
    if not (request.actor.may(CARDS) and request.actor.area):
        raise Http404


def served(request: Request, who: str) -> Person:
    """A person registered in the actor's area, or 404."""
    return get_object_or_404(Person.objects.served_by(request.actor), code=who)


def _back(request: Request, person: Person) -> HttpResponse:
    """The person's page again, with how they were there."""
    here = reverse("orders:person", args=[person.code])
    return redirect(here + met(asked(request, "how")))


def _counter_page(request: Request, form: forms.Find, found: list[Person]) -> HttpResponse:
    context = {
        "form": form,
        "people": found,
        "asked": form.is_bound and form.is_valid(),
        "papers": to_bring(request.actor).count(),
        "may_agree": request.actor.may("people.find"),
    }
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "orders/counter.html", context, status=status)


@require_http_methods(["GET", "POST"])
def counter(request: Request) -> HttpResponse:
    """Those registered here, and the search by card or name; a search writes a look."""
    _works_here(request)
    people = queries.at_counter(request.actor)
    form = forms.Find(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return _counter_page(request, form, people)
    wanted = form.cleaned_data["wanted"]
    if is_receipt(tidy(wanted)):
        return redirect("people:card", code=tidy(wanted))
    found = queries.called(wanted, request.actor)
    for person in found:
        privacy.look(kind="search", subject=person, purpose="", by=request.actor, at=now())
    return _counter_page(request, form, found)


def _register_page(request: Request, form: forms.RegisterPerson | None = None) -> HttpResponse:
    _works_here(request)
    form = form or forms.RegisterPerson(request.POST or None, area=request.actor.area)
    same: list[Person] = []
    if request.refusal and request.refusal.code == "same_name" and form.is_valid():
        same = queries.namesakes(form.cleaned_data["name"], form.cleaned_data["home"])
        for person in same:
            purpose = "登记时核对同名"
            privacy.look(kind="search", subject=person, purpose=purpose, by=request.actor, at=now())
    context = {"form": form, "same": [counters.namesake(one, request.actor) for one in same]}
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "orders/register_person.html", context, status=status)


@require_http_methods(["GET", "POST"])
@refused_on(_register_page)
def register_person(request: Request) -> HttpResponse:
    if request.method == "GET":
        return _register_page(request)
    _works_here(request)
    form = forms.RegisterPerson(request.POST, area=request.actor.area)
    if not form.is_valid():
        return _register_page(request, form)
    kept = form.cleaned_data
    person = once_for(
        request,
        lambda: operations.register_person(
            name=kept["name"],
            home=kept["home"],
            notice_version=forms.NOTICE,
            anyway=kept["anyway"],
            by=request.actor,
            at=now(),
        ),
    )
    messages.success(request, "登记好了，可以发卡")
    return redirect(reverse("orders:person", args=[person.code]) + "?how=in_person")


def person_page(request: Request, who: str, **_: Any) -> HttpResponse:
    """A person as the counter sees them, with the form just sent if it did not go through."""
    at, found = now(), served(request, who)
    how = asked(request, "how")
    desk = counters.desk(found, request.actor, how=how, at=at)
    privacy.look(kind="open", subject=found, purpose=desk.met, by=request.actor, at=at)
    match = request.resolver_match
    here = match.url_name if match else None
    sent = request.POST if request.method == "POST" else None
    context = {
        "desk": desk,
        "person": found,
        "query": words_for(found, how),
        "how": met(how),
        "ending": forms.EndCard(sent if here == "end_card" else None),
        "replacing": forms.ReplaceCard(sent if here == "replace_card" else None),
        "entrusting": forms.Entrust(sent if here == "entrust" else None),
        "day": localdate(at),
    }
    return render(request, "orders/person.html", context, status=422 if sent else 200)


@require_safe
def person(request: Request, who: str) -> HttpResponse:
    return person_page(request, who)


@require_POST
@refused_on(person_page)
def issue_card(request: Request, who: str) -> HttpResponse:
    found = served(request, who)
    once_for(request, lambda: operations.issue_card(person=found, by=request.actor, at=now()))
    return redirect("orders:card_sheet", who=who)


def _card(request: Request, who: str, number: int) -> Card:
    card = queries.card_at(served(request, who), number)
    if card is None:
        raise Http404
    return card


@require_POST
@refused_on(person_page)
def end_card(request: Request, who: str, number: int) -> HttpResponse:
    card, form = _card(request, who, number), forms.EndCard(request.POST)
    if not form.is_valid():
        return person_page(request, who)
    ending = Card.Ending(form.cleaned_data["ending"])
    once_for(
        request,
        lambda: operations.end_card(card=card, ending=ending, by=request.actor, at=now()),
    )
    messages.success(request, "这张卡停用了，扫它打不开任何东西")
    return _back(request, card.person)


@require_POST
@refused_on(person_page)
def replace_card(request: Request, who: str, number: int) -> HttpResponse:
    card, form = _card(request, who, number), forms.ReplaceCard(request.POST)
    if not form.is_valid():
        return person_page(request, who)
    ending = Card.Ending(form.cleaned_data["ending"])
    once_for(
        request,
        lambda: operations.replace_card(card=card, ending=ending, by=request.actor, at=now()),
    )
    return redirect("orders:card_sheet", who=who)


@require_safe
def card_sheet(request: Request, who: str) -> HttpResponse:
    """The card on paper, the size of a bank card, with what it is and where to hand it back."""
    found = served(request, who)
    card = queries.card_of(found)
    if card is None:
        raise Http404
    code = card.code.open()
    privacy.look(kind="export", subject=found, purpose="打印服务卡", by=request.actor, at=now())
    url = request.build_absolute_uri(reverse("people:card", args=[code]))
    context = {"person": found, "card": card, "card_code": code, "card_url": url}
    return render(request, "orders/card_sheet.html", context)
