"""The pages that stand above the domains: home, preferences, privacy, health."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import now
from django.views.decorators.http import require_POST, require_safe

from yizhan.base.web import Request
from yizhan.portal import queries

YEAR = 365 * 24 * 3600
PREFERENCES = {"care": ("0", "1"), "theme": ("", "light", "dark")}


@login_not_required
@require_safe
def home(request: Request) -> HttpResponse:
    at = now()
    context = {
        "found": queries.station_for(request.user, at),
        "order": queries.newest_order(request.actor, at),
        "day": queries.day_words(at),
        "tab": "home",
    }
    return render(request, "portal/home.html", context)


@login_not_required
@require_POST
def prefer(request: Request) -> HttpResponse:
    """Keep elder mode and theme in cookies; a preference of the browser, no record of ours."""
    back = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
    response = redirect(back if safe else "/")
    for name, allowed in PREFERENCES.items():
        value = request.POST.get(name)
        if value in allowed:
            response.set_cookie(
                name, value, max_age=YEAR, samesite="Lax", secure=request.is_secure()
            )
    return response


@login_not_required
@require_safe
def complain(_request: Request) -> HttpResponse:
    """投诉建议 is an order like any other, in its own category."""
    return redirect(f"{reverse('orders:place')}?category=idea")


@login_not_required
@require_safe
def privacy(request: Request) -> HttpResponse:
    return render(request, "portal/privacy.html", {"tab": "me"})


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
