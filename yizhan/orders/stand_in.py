"""Acting for another person: who that is stands in the address, and is asked on every request."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import localdate, now

from yizhan.base.web import Request, asked
from yizhan.people.acting import acting_for
from yizhan.people.models import How, Person

View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Behalf:
    """For whom a page is open, the words of the address that say so, and the way back."""

    person: Person
    query: str
    back: str


def words_for(person: Person, how: str = "") -> str:
    """The words of an address that say for whom one acts."""
    return f"?{urlencode({'for': person.code} | ({'how': how} if how else {}))}"


def met(how: str) -> str:
    """The words of an address that say how the person was there."""
    return f"?{urlencode({'how': how})}" if how else ""


def stand_in(request: Request) -> None:
    """Make the actor act for the person named in the address; 404 unless they may."""
    code = asked(request, "for")
    if not code:
        return
    how = asked(request, "how")
    person = get_object_or_404(Person.objects.select_related("home"), code=code)
    actor = acting_for(request.actor, person, how=how, day=localdate(now()))
    if actor is None:
        raise Http404
    name = "orders:theirs" if actor.how == How.FAMILY else "orders:person"
    back = reverse(name, args=[code]) + met(how)
    request.actor = actor
    request.behalf = Behalf(person, words_for(person, how), back)


def for_another(view: View) -> View:
    """Let a page be opened for another person."""

    @wraps(view)
    def opened(request: Request, **kwargs: Any) -> HttpResponse:
        stand_in(request)
        return view(request, **kwargs)

    return opened


def query(request: Request) -> str:
    """The words that say for whom this request acts; none when for oneself."""
    behalf: Behalf | None = getattr(request, "behalf", None)
    return behalf.query if behalf else ""


def way_out(request: Request) -> str:
    """Where to go when the order is not to be seen any more."""
    behalf: Behalf | None = getattr(request, "behalf", None)
    return behalf.back if behalf else reverse("orders:pool")
