"""What every view needs and nothing else."""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from django.conf import settings
from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from yizhan.base import crypto
from yizhan.base.actor import ANONYMOUS, Actor
from yizhan.base.once import once
from yizhan.base.verdict import Refused

COMMAND = "command_id"
UNSIGNED = frozenset({"csrfmiddlewaretoken", COMMAND})
M = TypeVar("M", bound=models.Model)
View = TypeVar("View", bound=Callable[..., HttpResponse])
Answer = Callable[[HttpRequest], HttpResponse]


class Request(HttpRequest):
    """A request as our middleware leaves it."""

    htmx: HtmxDetails
    actor: Actor
    refusal: Refused | None
    behalf: Any  # of a page opened for another person: who that is, and the words of its address


class Linked(Protocol):
    def get_absolute_url(self) -> str: ...


def asked(request: HttpRequest, name: str) -> str:
    """A word of the address, without the one character that no database column takes."""
    return request.GET.get(name, "").replace("\0", "")


def once_for(request: Request, act: Callable[[], M]) -> M:
    """Run one operation, or give the first answer if this form was already sent."""
    key = request.POST.get(COMMAND, "") or request.headers.get("Idempotency-Key", "")
    key = key.replace("\0", "")
    if not key:
        return act()
    return once(key=key[:80], fingerprint=fingerprint(request), by=request.actor, at=now(), act=act)


def fingerprint(request: Request) -> str:
    """SM3 over path and content of a command, hexadecimal."""
    if request.content_type == "application/json":
        body = request.body
    else:
        fields = sorted(
            (name, values) for name, values in request.POST.lists() if name not in UNSIGNED
        )
        files = [
            (name, file.name, file.size)
            for name, many in sorted(request.FILES.lists())
            for file in many
        ]
        body = repr((fields, files)).encode()
    return crypto.digest(request.path.encode() + b"\n" + body).hex()


def shown(
    request: Request, page: str, fragment: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """The fragment for htmx, the page around it for everyone else."""
    part = fragment if request.htmx and not request.htmx.boosted else page
    return render(request, part, context, status=status)


def gone_to(request: Request, subject: Linked, *, said: str = "") -> HttpResponse:
    """Answer with another page: the subject's own. htmx must be told, or it swaps it in here."""
    if said:
        messages.success(request, said)
    if request.htmx:
        return HttpResponseClientRedirect(subject.get_absolute_url())
    return redirect(subject.get_absolute_url())


def refused_on(page: Callable[..., HttpResponse]) -> Callable[[View], View]:
    """Name the page that is shown again, with what was typed, when the view's operation refuses."""

    def mark(view: View) -> View:
        vars(view)["refused_on"] = page
        return view

    return mark


class RefusalMiddleware:
    """Turn `Refused` into an answer, so that no view needs a try block for it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: Any, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Refused):
            return None
        if request.path.startswith("/api/"):
            return JsonResponse({"code": error.code, "reason": error.reason}, status=409)
        request.refusal = error
        match = request.resolver_match
        page = getattr(match.func, "refused_on", None) if match else None
        if page is None:
            return render(request, "ui/refused_page.html", {"refusal": error}, status=409)
        response: HttpResponse = page(request, **match.kwargs)
        response.status_code = 409
        return response


class BodyLimitMiddleware:
    """A body that no form of ours needs is refused before anything of it is read."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponse | None:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length[:18]) > settings.MOST_BODY_BYTES:
            most = settings.MOST_BODY_BYTES // 2**20
            refusal = Refused("too_large", f"一次最多传 {most} MB，请减少或换小一些的文件，再提交")
            if request.path.startswith("/api/"):
                return JsonResponse({"detail": refusal.reason}, status=413)
            return render(request, "ui/refused_page.html", {"refusal": refusal}, status=413)
        return None


class PreferencesMiddleware:
    """Elder mode and theme come from cookies; a refusal is none until there is one."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        request.refusal = None
        return self.get_response(request)


class ContentSecurityPolicyMiddleware:
    """One policy for every page of ours."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", settings.CSP)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        kind = response.headers.get("Content-Type", "")
        if _is_known(request):
            response.headers.setdefault("Cache-Control", "no-store, private")
        elif "text/html" in kind or "json" in kind:
            response.headers.setdefault("Cache-Control", "no-cache, private")
        return response


def _is_known(request: HttpRequest) -> bool:
    """Whether somebody is signed in, or holds a receipt: what they read is not kept by a browser
    that others use after them."""
    by = getattr(request, "actor", ANONYMOUS)
    return by.person_id is not None or by.receipt_of is not None


def csrf_failed(request: HttpRequest, **_: object) -> HttpResponse:
    """The page stayed open too long, or the form came from elsewhere."""
    refusal = Refused("csrf", "页面停留太久了，或不是从本站打开的。请返回上一页刷新，再提交一次")
    return render(request, "ui/refused_page.html", {"refusal": refusal}, status=403)
