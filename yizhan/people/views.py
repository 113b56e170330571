"""The page about oneself, and the choice of the post one acts in."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import now
from django.views.decorators.http import require_POST, require_safe

from yizhan.base.web import once_for, refused_on
from yizhan.people import operations
from yizhan.people.acting import AS_RESIDENT, SESSION_POST
from yizhan.people.forms import DescribeSelfForm, TakeUpForm


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
