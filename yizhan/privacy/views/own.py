"""What a person asks about their own data, and the copy of it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.timezone import localtime, now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yizhan.base.web import Request, asked, gone_to, once_for, refused_on
from yizhan.people.sign_in import is_fresh
from yizhan.privacy import operations
from yizhan.privacy.asking import queries, rules
from yizhan.privacy.asking.forms import FileRequest, ForgetPerson
from yizhan.privacy.models import DataRequest

TAB = {"tab": "me"}


@require_safe
def requests(request: Request) -> HttpResponse:
    """What I have asked about my data, and what I can ask."""
    mine = DataRequest.objects.own(request.actor).order_by("-pk")[: queries.PAGE]
    return render(request, "privacy/requests.html", {"lines": queries.lines(mine, now()), **TAB})


def _form_page(request: Request, *, status: int = 200) -> HttpResponse:
    form = FileRequest(request.POST or None, initial={"kind": asked(request, "kind")})
    return render(request, "privacy/file_request.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
@refused_on(_form_page)
def file_request(request: Request) -> HttpResponse:
    """Ask something about my own data. A copy and an end are to be had at once, on their pages."""
    if request.method == "GET":
        return _form_page(request)
    form = FileRequest(request.POST)
    if not form.is_valid():
        return _form_page(request, status=422)
    kept = once_for(
        request,
        lambda: operations.file_request(**form.cleaned_data, by=request.actor, at=now()),
    )
    return gone_to(request, kept, said="已收到，15 个工作日内答复您")


def _progress_page(request: Request, code: str) -> HttpResponse:
    mine = DataRequest.objects.own(request.actor).with_names()
    found = get_object_or_404(mine, code=code)
    context = {
        "asked": found,
        "words": queries.words_of(found),
        "may_withdraw": rules.can_withdraw_request(found, request.actor),
    }
    return render(request, "privacy/progress.html", {**context, **TAB})


@require_safe
def progress(request: Request, code: str) -> HttpResponse:
    """One request of mine: until when, and the answer."""
    return _progress_page(request, code)


@require_POST
@refused_on(_progress_page)
def withdraw_request(request: Request, code: str) -> HttpResponse:
    """Take it back."""
    found = get_object_or_404(DataRequest.objects.own(request.actor), code=code)
    once_for(
        request,
        lambda: operations.withdraw_request(asked=found, by=request.actor, at=now()),
    )
    return gone_to(request, found, said="已撤回")


def _sign_in_again(request: Request, *, status: int = 200) -> HttpResponse:
    return render(request, "privacy/sign_in_again.html", {"next": request.path}, status=status)


@require_safe
@never_cache
def copy(request: Request) -> HttpResponse:
    """All that is kept about me, to read or to take along; written down as taken out."""
    if not rules.can_take_out(is_fresh=is_fresh(request)):
        return _sign_in_again(request)
    person: Any = request.user
    at = now()
    operations.look(
        subject=person, kind="export", purpose="下载自己的信息", by=request.actor, at=at
    )
    parts = queries.everything(person)
    if asked(request, "as") == "json":
        name = content_disposition_header(True, f"我的信息 {localtime(at):%Y-%m-%d}.json")
        return JsonResponse(
            queries.as_data(person, parts, at),
            json_dumps_params={"ensure_ascii": False, "indent": 2},
            headers={"Content-Disposition": str(name)},
        )
    context = {"parts": parts, "at": at, **TAB}
    return render(request, "privacy/copy.html", context)


def _forget_page(request: Request, *, status: int = 200) -> HttpResponse:
    person: Any = request.user
    at = now()
    holds = queries.holds(person, at)
    context = {
        "holds": holds,
        "holdings": queries.what_ends(),
        "form": ForgetPerson(request.POST or None),
        "allowed": rules.can_forget_person(person, request.actor, holds=holds),
    }
    return render(request, "privacy/forget_person.html", context, status=status)


@require_http_methods(["GET", "POST"])
@refused_on(_forget_page)
def forget_person(request: Request) -> HttpResponse:
    """End my account: what goes, what stays and why; then, once I am sure, it is done."""
    if not rules.can_take_out(is_fresh=is_fresh(request)):
        return _sign_in_again(request, status=200 if request.method == "GET" else 409)
    if request.method == "GET":
        return _forget_page(request)
    if not ForgetPerson(request.POST).is_valid():
        return _forget_page(request, status=422)
    person: Any = request.user
    once_for(request, lambda: operations.forget_person(person=person, by=request.actor, at=now()))
    logout(request)
    messages.success(request, "您的账号和资料已经删掉，以后还可以用手机号重新登录，是一个新账号")
    return redirect("portal:home")
