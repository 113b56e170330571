"""The page about oneself, the post one acts in, one's family, and where a card leads."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_POST, require_safe

from yizhan.base.codes import is_receipt, tidy
from yizhan.base.web import once_for, refused_on
from yizhan.people import limits, operations, queries
from yizhan.people.acting import AS_RESIDENT, SESSION_POST, card_shown
from yizhan.people.forms import DescribeSelfForm, Entrust, TakeOn, TakeUpForm
from yizhan.people.models import CARDS, Card, Person


def _page(request: Any, form: DescribeSelfForm, *, status: int = 200) -> HttpResponse:
    return render(request, "people/me.html", {"form": form}, status=status)


@require_safe
def me(request: Any) -> HttpResponse:
    """Who I am here: name, community, posts, how pages look."""
    person = request.user
    form = DescribeSelfForm(
        initial={"name": person.name.open() if person.name else "", "home": person.home}
    )
    return _page(request, form)


def me_again(request: Any) -> HttpResponse:
    """The same page with what was typed."""
    return _page(request, DescribeSelfForm(request.POST))


@require_POST
@refused_on(me_again)
def describe_self(request: Any) -> HttpResponse:
    """Keep my own name and community."""
    form = DescribeSelfForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    once_for(
        request,
        lambda: operations.describe_self(
            person=request.user, **form.cleaned_data, by=request.actor, at=now()
        ),
    )
    messages.success(request, "已保存")
    return redirect("people:me")


@require_POST
def take_up(request: Any) -> HttpResponse:
    """Act in another of my posts from now on, or as a resident."""
    form = TakeUpForm(request.POST)
    held = {AS_RESIDENT, *(post.pk for post in request.posts)}
    if not form.is_valid() or form.cleaned_data["post"] not in held:
        raise Http404
    request.session[SESSION_POST] = form.cleaned_data["post"]
    there = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(there, {request.get_host()}, request.is_secure()):
        return HttpResponseRedirect(there)  # never read as the name of a view
    return redirect("/")


@login_not_required
@require_safe
def card(request: Any, code: str) -> HttpResponse:
    """Where the code on a card leads: staff of the holder's area to the counter, others nowhere.

    The page for everybody else is the same for every code, real or not.
    """
    if not request.actor.may(CARDS):
        return render(request, "people/card.html")
    limits.can_guess_on(request, "card").or_refuse()
    found = Card.objects.of_code(tidy(code)) if is_receipt(tidy(code)) else None
    holder = found.person if found else None
    if holder and Person.objects.served_by(request.actor).filter(pk=holder.pk).exists():
        mark = urlencode({"how": card_shown(holder)})
        return redirect(f"{reverse('orders:person', args=[holder.code])}?{mark}")
    limits.count_wrong(request, "card")
    return render(request, "people/card.html", {"unknown": True})


def _family_page(
    request: Any, entrusting: Entrust, taking: TakeOn, *, status: int = 200
) -> HttpResponse:
    day = localdate(now())
    context = {
        "given": queries.entrusted_by(request.user, day),
        "held": queries.entrusted_to(request.actor, day),
        "entrusting": entrusting,
        "taking": taking,
        "tab": "me",
    }
    return render(request, "people/family.html", context, status=status)


@require_safe
def family(request: Any) -> HttpResponse:
    """For whom I act, and who acts for me."""
    return _family_page(request, Entrust(), TakeOn())


def family_again(request: Any, **_: Any) -> HttpResponse:
    """The same page with what was typed."""
    match = request.resolver_match
    taking = match is not None and match.url_name == "take_on"
    return _family_page(
        request,
        Entrust(None if taking else request.POST),
        TakeOn(request.POST if taking else None),
        status=422,
    )


@require_POST
@refused_on(family_again)
def entrust(request: Any) -> HttpResponse:
    """Let a member of the family act for me; the page then shows the code for them."""
    form = Entrust(request.POST)
    if not form.is_valid():
        return family_again(request)
    until = localdate(now()) + timedelta(days=form.cleaned_data["days"])
    once_for(
        request,
        lambda: operations.entrust(
            principal=request.user,
            scopes=form.cleaned_data["scopes"],
            until=until,
            by=request.actor,
            at=now(),
        ),
    )
    messages.success(request, "委托码在下面，请当面告诉家人")
    return redirect("people:family")


@require_POST
@refused_on(family_again)
def take_on(request: Any) -> HttpResponse:
    """Act for whoever gave me this code."""
    limits.can_guess_on(request, "take_on").or_refuse()
    form = TakeOn(request.POST)
    if not form.is_valid():
        return family_again(request)
    proxy = queries.waiting(form.cleaned_data["code"], now())
    if proxy is None:
        limits.count_wrong(request, "take_on")
        form.add_error("code", "这个委托码用过了、过期了，或者不对")
        return _family_page(request, Entrust(), form, status=422)
    once_for(request, lambda: operations.take_on(proxy=proxy, by=request.actor, at=now()))
    messages.success(request, "可以替家人办事了，每一步都会告诉家人")
    return redirect("people:family")


@require_POST
@refused_on(family_again)
def end_proxy(request: Any, who: str, number: int) -> HttpResponse:
    """End what I gave or hold; one tap."""
    me = request.actor.person_id
    proxy = queries.proxy_at(get_object_or_404(Person, code=who), number)
    if proxy is None or me not in (proxy.principal_id, proxy.agent_id):
        raise Http404
    once_for(request, lambda: operations.end_proxy(proxy=proxy, by=request.actor, at=now()))
    messages.success(request, "已终止，马上生效")
    return redirect("people:family")
