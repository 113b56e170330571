"""接单时间: when I may be asked, on a page that only I read."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_POST, require_safe

from yizhan.base.web import Request, once_for, refused_on
from yizhan.people import operations, queries
from yizhan.people.forms import KeepTimes, Pause, parts_of


def _page(
    request: Any,
    keeping: KeepTimes | None = None,
    pausing: Pause | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    kept = queries.times_of(request.user)
    context = {
        "keeping": keeping or KeepTimes(initial={"parts": parts_of(kept.free)}),
        "pausing": pausing or Pause(initial={"days": 7}),
        "paused_until": kept.paused_until if kept.is_paused(now()) else None,
        "tab": "me",
    }
    return render(request, "people/times.html", context, status=status)


@require_safe
def times(request: Request) -> HttpResponse:
    """What I have said so far."""
    return _page(request)


def times_again(request: Request) -> HttpResponse:
    """The same page after a refusal."""
    return _page(request)


@require_POST
@refused_on(times_again)
def keep_times(request: Any) -> HttpResponse:
    """Keep the parts of the week at which I may be asked."""
    form = KeepTimes(request.POST)
    if not form.is_valid():
        return _page(request, keeping=form, status=422)
    once_for(
        request,
        lambda: operations.keep_times(
            person=request.user, free=form.free(), by=request.actor, at=now()
        ),
    )
    messages.success(request, "已保存，只有您自己看得到")
    return redirect("people:times")


@require_POST
@refused_on(times_again)
def pause(request: Any) -> HttpResponse:
    """Leave me alone for some days."""
    form = Pause(request.POST)
    if not form.is_valid():
        return _page(request, pausing=form, status=422)
    days = form.cleaned_data["days"]
    once_for(
        request,
        lambda: operations.pause(person=request.user, days=days, by=request.actor, at=now()),
    )
    messages.success(request, "好的，这几天不邀请您接单")
    return redirect("people:times")


@require_POST
@refused_on(times_again)
def resume(request: Any) -> HttpResponse:
    """Ask me again."""
    once_for(
        request,
        lambda: operations.resume(person=request.user, by=request.actor, at=now()),
    )
    messages.success(request, "已恢复，有合适的单子会邀请您")
    return redirect("people:times")
