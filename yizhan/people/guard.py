"""What staff must have done before they act: own password, second factor, and not walked away."""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django_htmx.http import HttpResponseClientRedirect

from yizhan.base.actor import ANONYMOUS
from yizhan.people.roles import ROLES

SEEN = "seen"
MINUTE = 60
OPEN_PATHS = ("/accounts/", "/static/")
IDLE = "您离开超过 {minutes} 分钟，已经自动退出，请重新登录"


class StaffMiddleware:
    """Signs idle staff out, and leads those without own password or second factor to get one.

    Only `/accounts/` stays open meanwhile. Volunteers and residents are not touched.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        if any(ROLES[post.role].staff for post in request.posts):
            if self._walked_away(request):
                self._sign_out(request)
            elif step := self._missing(request):
                return self._led_to(request, step)
        return self.get_response(request)

    def _walked_away(self, request: Any) -> bool:
        """Whether the last request is too long ago. The moment is kept to the minute."""
        moment = int(time.time())
        seen = request.session.get(SEEN, moment)
        if moment - seen > settings.STAFF_IDLE_SECONDS:
            return True
        if SEEN not in request.session or moment - seen >= MINUTE:
            request.session[SEEN] = moment
        return False

    def _sign_out(self, request: Any) -> None:
        logout(request)
        request.actor, request.posts = ANONYMOUS, []
        messages.info(request, IDLE.format(minutes=settings.STAFF_IDLE_SECONDS // MINUTE))

    def _missing(self, request: Any) -> str:
        """The name of the page that must be visited first, or nothing."""
        if request.path.startswith(OPEN_PATHS):
            return ""
        if request.user.has_one_time_password:
            return "account_change_password"
        acts_as_staff = request.actor.role and ROLES[request.actor.role].staff
        if settings.STAFF_TOTP_REQUIRED and acts_as_staff and not request.posts[0].has_totp:
            return "mfa_activate_totp"
        return ""

    def _led_to(self, request: Any, name: str) -> HttpResponse:
        if request.path.startswith("/api/"):
            reason = "请先在网页上设置自己的密码和动态码"
            return JsonResponse({"code": "sign_in_unfinished", "reason": reason}, status=403)
        response = redirect(name)
        return HttpResponseClientRedirect(response.url) if request.htmx else response
