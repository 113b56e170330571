"""Accounts and posts, for the security administrator: people and posts, no business data."""

from typing import Any

from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_date
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_POST, require_safe

from yizhan.base.web import asked, once_for, refused_on
from yizhan.people import operations, staff
from yizhan.people.models import Person, Post
from yizhan.people.rules import can_keep_accounts
from yizhan.people.staff_forms import Appoint, CreateStaff, Relieve


def _keeps(request: Any) -> None:
    if not can_keep_accounts(request.actor):
        raise Http404


def _list_page(request: Any, *, status: int = 200) -> HttpResponse:
    _keeps(request)
    words, before = asked(request, "q")[:40], asked(request, "before")
    found = staff.accounts(words)
    if before.isdecimal():
        found = found.filter(pk__lt=min(int(before[:18]), 2**62))
    page = list(found[: staff.PAGE + 1])
    shown = page[: staff.PAGE]
    context = {
        "accounts": [staff.account(person) for person in shown],
        "more": shown[-1].pk if len(page) > staff.PAGE else None,
        "words": words,
        "form": CreateStaff(request.POST or None),
        "today": localdate(now()),
    }
    return render(request, "people/accounts.html", context, status=status)


@require_safe
def accounts(request: Any) -> HttpResponse:
    """Who has an account, in which posts."""
    return _list_page(request)


def _person(request: Any, code: str) -> Person:
    """The person of an account, or 404; residents without a post are none."""
    _keeps(request)
    return get_object_or_404(staff.accounts(), code=code)


def _page_of(request: Any, code: str, *, status: int = 200, **more: Any) -> HttpResponse:
    """One account. A password is shown on the answer to the form that made it, and kept nowhere."""
    one, today = staff.account(_person(request, code)), localdate(now())
    match = request.resolver_match
    sent = request.POST if request.method == "POST" and match.url_name == "appoint" else None
    context = {
        "one": one,
        "held": one.held(today),
        "today": today,
        "form": Appoint(sent, initial={"since": today}),
        "relieve_form": Relieve(initial={"until": today}),
        **more,
    }
    response = render(request, "people/account.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def account_again(request: Any, code: str, **_: str) -> HttpResponse:
    """The same page with why it was refused."""
    return _page_of(request, code)


def _post(person: Person, role: str, unit: str, since: str) -> Post:
    """The post of an account in one role and unit since a day, the last one first; or 404."""
    try:
        day = parse_date(since)
    except ValueError:
        day = None
    if day is None:
        raise Http404
    posts = Post.objects.filter(person=person, role=role, unit__code=unit, since_date=day)
    found = posts.order_by(F("until_date").desc(nulls_first=True)).first()
    if found is None:
        raise Http404
    return found


@require_safe
def account(request: Any, code: str) -> HttpResponse:
    """One account: its posts, and what can be done with it."""
    return _page_of(request, code)


@require_POST
@refused_on(_list_page)
def create_staff(request: Any) -> HttpResponse:
    """Open an account with its first post; the password is shown this once."""
    _keeps(request)
    form = CreateStaff(request.POST)
    if not form.is_valid():
        return _list_page(request, status=422)
    passwords: list[str] = []

    def act() -> Person:
        made = operations.create_staff(**form.cleaned_data, by=request.actor, at=now())
        passwords.append(made.password)
        return made.person

    person = once_for(request, act)
    return _page_of(request, person.code, password="".join(passwords), said="已开账号")


@require_POST
@refused_on(account_again)
def reset_password(request: Any, code: str) -> HttpResponse:
    """Give a new one-time password; it is shown this once."""
    person = _person(request, code)
    passwords: list[str] = []

    def act() -> Person:
        made = operations.reset_password(person=person, by=request.actor, at=now())
        passwords.append(made.password)
        return made.person

    once_for(request, act)
    return _page_of(request, code, password="".join(passwords), said="已重设密码")


@require_POST
@refused_on(account_again)
def reset_second_factor(request: Any, code: str) -> HttpResponse:
    """Take a lost second factor away."""
    person = _person(request, code)
    once_for(
        request,
        lambda: operations.reset_second_factor(person=person, by=request.actor, at=now()),
    )
    return _page_of(request, code, said="已重设动态码，下次登录时重新设置")


@require_POST
@refused_on(account_again)
def appoint(request: Any, code: str) -> HttpResponse:
    """Give a post."""
    person, form = _person(request, code), Appoint(request.POST)
    if not form.is_valid():
        return _page_of(request, code, status=422)
    once_for(
        request,
        lambda: operations.appoint(person=person, **form.cleaned_data, by=request.actor, at=now()),
    )
    return redirect("people:account", code)


@require_POST
@refused_on(account_again)
def relieve(request: Any, code: str, **post_of: str) -> HttpResponse:
    """End a post on a day."""
    post = _post(_person(request, code), **post_of)
    form = Relieve(request.POST)
    if not form.is_valid():
        return _page_of(request, code, status=422, relieve_form=form)
    until = form.cleaned_data["until"]
    once_for(
        request,
        lambda: operations.relieve(post=post, until=until, by=request.actor, at=now()),
    )
    return redirect("people:account", code)
