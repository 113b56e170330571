"""The inbox."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_POST, require_safe

from yizhan.base.sms import TextMessage
from yizhan.notices import operations, queries
from yizhan.notices.forms import ReadForm

TEXTS_SHOWN = 30


@require_safe
def inbox(request: Any) -> HttpResponse:
    """My messages, unread first."""
    notices = list(queries.inbox_of(request.actor)[: queries.SHOWN])
    unread = [notice for notice in notices if notice.read_at is None]
    read_ones = [notice for notice in notices if notice.read_at]
    return render(request, "notices/inbox.html", {"unread_ones": unread, "read_ones": read_ones})


@require_POST
def read(request: Any) -> HttpResponse:
    """Mark one message read and go to the page behind it."""
    form = ReadForm(request.POST)
    if not form.is_valid():
        raise Http404
    notice = get_object_or_404(queries.inbox_of(request.actor), pk=form.cleaned_data["notice"])
    operations.read(notice=notice, by=request.actor, at=now())
    return redirect(notice.link)


@require_POST
def read_all(request: Any) -> HttpResponse:
    """Mark all my messages read."""
    operations.read_all(by=request.actor, at=now())
    return redirect("notices:inbox")


@login_not_required
@require_safe
def texts(request: Any) -> HttpResponse:
    """The text messages of a demonstration, which leave no machine. Elsewhere: not found."""
    if not (settings.DEMO and settings.SMS_SENDER == "demo"):
        raise Http404
    return render(
        request, "notices/texts.html", {"texts": TextMessage.objects.order_by("-pk")[:TEXTS_SHOWN]}
    )
