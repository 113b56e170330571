"""The pages that stand above the domains: home, preferences, privacy, health."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings as conf
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header, url_has_allowed_host_and_scheme
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_POST, require_safe

from yizhan.base.metrics import Period
from yizhan.base.switches import runs
from yizhan.base.web import Request, asked, gone_to, once_for, refused_on
from yizhan.clocks.calendar import DayKind, day_kind, is_workday
from yizhan.documents.filling import MEDIA_TYPE, filled
from yizhan.insights.rules import can_read_metrics
from yizhan.orders import figures, rules, sharing, waiting
from yizhan.portal import operations, previewing, queries, switchboard
from yizhan.portal.desks import desks
from yizhan.portal.forms import Switch
from yizhan.portal.rules import can_keep_modules
from yizhan.privacy import marks
from yizhan.privacy import operations as privacy_acts
from yizhan.privacy import queries as kept_data
from yizhan.routing import queries as routing
from yizhan.routing.models import RoutingTable
from yizhan.routing.rules import can_keep_table, can_read_table

YEAR = 365 * 24 * 3600
PREFERENCES = {"care": ("0", "1"), "theme": ("", "light", "dark")}
COUNTERS = ("orders.read", "orders.stats")
READERS = ("orders.read", "orders.read_open")


@login_not_required
@require_safe
def home(request: Request) -> HttpResponse:
    at = now()
    context = {
        "found": queries.station_for(request.user, at) if runs("places") else None,
        "order": queries.newest_order(request.actor, at) if runs("orders") else None,
        "day": queries.day_words(at),
        "tab": "home",
    }
    return render(request, "portal/home.html", context)


@require_safe
def today(request: Request) -> HttpResponse:
    """Where staff begin: what is late, what is due, what waits for whom, what is in their hands."""
    if not any(request.actor.may(power) for power in READERS):
        raise Http404
    at = now()
    day, kind = waiting.day(request.actor, at), day_kind(localdate(at))
    pool = request.build_absolute_uri(reverse("orders:pool"))
    context = {
        "today": day,
        "day": queries.weekday_words(localdate(at)),
        "kind": kind,
        "kind_tone": "orange" if kind in (DayKind.HOLIDAY, DayKind.MAKE_UP) else "plain",
        "is_workday": is_workday(localdate(at)),
        "desks": desks(request.actor),
        "may_enter": bool(rules.can_enter(request.actor, request.actor.area)),
        "group_text": sharing.of_day(day.on_offer, link=pool, demo=conf.DEMO, at=at),
    }
    return render(request, "portal/today.html", context)


@require_safe
def summary(request: Request) -> HttpResponse:
    """小结 of a week or a month: on the screen, on paper, or as a .docx to go on writing in."""
    if not any(request.actor.may(power) for power in COUNTERS):
        raise Http404
    at = now()
    period = Period.asked(asked(request, "period"), asked(request, "of"), localdate(at))
    made = figures.summary(request.actor, period, at)
    form = asked(request, "as")
    if form == "docx":
        return _as_document(request, made)
    context: dict[str, Any] = {
        "made": made,
        "place": queries.place_of(request.actor),
        "may_route": bool(can_read_table(request.actor)),
        "at": at,
        "earlier": period.first - timedelta(days=1),
        "later": period.after if period.after <= localdate(at) else None,
        "metrics": can_read_metrics(request.actor, request.actor.area or "-"),
    }
    if form == "paper":
        context["watermark"] = _taken_out(request, "打印小结")
    return render(request, f"portal/summary{'_paper' if form == 'paper' else ''}.html", context)


@require_safe
def preview(request: Request) -> HttpResponse:
    """What the orders of the last months would have got from the draft of the routing table."""
    draft = RoutingTable.objects.draft()
    if draft is None or not can_keep_table(request.actor, draft.region.code):
        raise Http404
    at = now()
    old, new = routing.in_force(localdate(at)), routing.loaded(draft)
    context = {
        "old": old,
        "made": previewing.preview(old, new, request.actor.area, at),
        "since": localdate(at) - timedelta(days=previewing.DAYS),
    }
    return render(request, "portal/preview.html", context)


def _taken_out(request: Request, purpose: str) -> marks.Mark:
    """That figures left the platform is written down; the mark for the copy."""
    at, subject = now(), queries.subject_of(request.actor)
    look = privacy_acts.look(
        kind="export", subject=subject, purpose=purpose, by=request.actor, at=at
    )
    return marks.mark_of(look)


def _as_document(request: Request, made: figures.Summary) -> HttpResponse:
    """The same as a file; that it was taken out is written down."""
    mark = _taken_out(request, "导出小结")
    values = queries.document_values(made, place=queries.place_of(request.actor), at=now())
    name = content_disposition_header(True, f"小结 {made.period.words}.docx")
    return HttpResponse(
        filled("summary", values, footer=str(mark)),
        content_type=MEDIA_TYPE,
        headers={"Content-Disposition": str(name)},
    )


@login_not_required
@require_POST
def prefer(request: Request) -> HttpResponse:
    """Keep elder mode and theme in cookies; a preference of the browser, no record of ours."""
    back = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
    response = HttpResponseRedirect(back if safe else "/")  # never read as the name of a view
    for name, allowed in PREFERENCES.items():
        value = request.POST.get(name)
        if value in allowed:
            response.set_cookie(
                name,
                value,
                max_age=YEAR,
                httponly=True,
                samesite="Lax",
                secure=conf.SESSION_COOKIE_SECURE,
            )
    return response


@login_not_required
@require_safe
def privacy(request: Request) -> HttpResponse:
    """隐私规则: the rules, what is collected, who gets it, and how to use one's rights."""
    context = {
        "text": kept_data.text_shown("rules", now()),
        "collected": kept_data.collected(),
        "receivers": kept_data.receivers(),
        "tab": "me",
    }
    return render(request, "portal/privacy.html", context)


@login_not_required
@require_safe
def settings(request: Request) -> HttpResponse:
    return render(request, "portal/settings.html", {"tab": "me"})


@login_not_required
@require_safe
def healthz(_request: Request) -> HttpResponse:
    """Whether the web process answers and reaches its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


@dataclass(frozen=True, slots=True)
class _ModulesPage:
    def get_absolute_url(self) -> str:
        return reverse("portal:modules")


def _modules_page(request: Request, *, status: int = 200) -> HttpResponse:
    if not can_keep_modules(request.actor):
        raise Http404
    form = Switch(request.POST or None)
    context = {
        "form": form,
        "rows": switchboard.rows(),
        "district_code": conf.DISTRICT,
        "lines": switchboard.history(),
    }
    return render(request, "portal/modules.html", context, status=status)


@require_safe
def modules(request: Request) -> HttpResponse:
    """Which modules are on, and where; for the system administrator."""
    return _modules_page(request)


@require_POST
@refused_on(_modules_page)
def switch(request: Request) -> HttpResponse:
    """Switch one module in one place."""
    form = Switch(request.POST)
    if not form.is_valid():
        return _modules_page(request, status=422)
    kept = form.cleaned_data
    once_for(
        request,
        lambda: operations.switch(
            module=kept["module"],
            region_code=kept["region"],
            on=kept["on"],
            by=request.actor,
            at=now(),
        ),
    )
    return gone_to(request, _ModulesPage(), said="已记下，马上生效")


@require_POST
@refused_on(_modules_page)
def pilot(request: Request) -> HttpResponse:
    """Stations and orders only."""
    once_for(request, lambda: operations.pilot(by=request.actor, at=now()))
    return gone_to(request, _ModulesPage(), said="已切换为试点：驿站和点单")
