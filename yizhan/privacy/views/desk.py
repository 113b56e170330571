"""The desk that deals with people's requests about their data."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yizhan.base.web import Request, gone_to, once_for, refused_on
from yizhan.privacy import operations
from yizhan.privacy.asking import queries, rules
from yizhan.privacy.asking.forms import AnswerRequest, EnterRequest, RefuseRequest
from yizhan.privacy.marks import mark_of
from yizhan.privacy.models import DataRequest


@dataclass(frozen=True, slots=True)
class _Page:
    """The page of a request for staff."""

    code: str

    def get_absolute_url(self) -> str:
        return reverse("privacy:handle", args=[self.code])


def _seen(request: Request, code: str) -> DataRequest:
    return get_object_or_404(DataRequest.objects.at_desk(request.actor).with_names(), code=code)


@require_safe
def desk(request: Request) -> HttpResponse:
    """What waits here, the nearest promise first."""
    if not rules.can_keep_desk(request.actor):
        raise Http404
    waiting, ended = queries.desk(request.actor, now())
    may_agree = request.actor.may("people.find")
    context = {"waiting": waiting, "ended": ended, "may_agree": may_agree}
    return render(request, "privacy/desk.html", context)


def _enter_page(
    request: Request, form: EnterRequest | None = None, *, status: int = 200
) -> HttpResponse:
    if not rules.can_keep_desk(request.actor):
        raise Http404
    form = form or EnterRequest(request.POST or None)
    return render(request, "privacy/enter_request.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
@refused_on(_enter_page)
def enter_request(request: Request) -> HttpResponse:
    """Write down what somebody asks who has no phone; a search by number is recorded."""
    if request.method == "GET":
        return _enter_page(request)
    form = EnterRequest(request.POST)
    if not form.is_valid():
        return _enter_page(request, form, status=422)
    values: dict[str, Any] = form.cleaned_data
    phone, receipt, by, at = values.pop("phone"), values.pop("receipt"), request.actor, now()
    person = operations.find_by_phone(phone=phone, by=by, at=at) if phone else None
    person = person or (queries.found_by_card(receipt) if receipt else None)
    record = queries.found_by_receipt(receipt) if receipt and person is None else None
    if person is None and record is None:
        form.cleaned_data["phone"] = phone
        form.nobody()
        return _enter_page(request, form, status=422)
    kept = once_for(
        request,
        lambda: operations.enter_request(**values, person=person, record=record, by=by, at=at),
    )
    return gone_to(request, _Page(kept.code), said="已录入，请告诉本人 15 个工作日内答复")


def _handle_page(request: Request, code: str, *, status: int = 200) -> HttpResponse:
    found, by, at = _seen(request, code), request.actor, now()
    match = request.resolver_match
    here = match.url_name if match and request.method == "POST" else ""
    context = {
        "line": queries.lines([found], at)[0],
        "asked": found,
        "about": queries.about(found),
        "words": queries.words_of(found),
        "steps": queries.history(found),
        "holds": queries.what_holds(found, at),
        "may": rules.can_deal_with(found, by),
        "may_copy": rules.can_take_copy(found, by),
        "answer": AnswerRequest(request.POST if here == "answer_request" else None),
        "refuse": RefuseRequest(request.POST if here == "refuse_request" else None),
    }
    return render(request, "privacy/handle.html", context, status=status)


@require_safe
def handle(request: Request, code: str) -> HttpResponse:
    """One request for staff: what is asked, until when, and what can be done."""
    found = _seen(request, code)
    operations.look(subject=found, purpose="办理本人的申请", by=request.actor, at=now())
    return _handle_page(request, code)


@require_safe
@never_cache
def take_copy(request: Request, code: str) -> HttpResponse:
    """The copy somebody asked for at the counter, on paper; written down as taken out."""
    found, at = _seen(request, code), now()
    if not rules.can_take_copy(found, request.actor):
        raise Http404
    look = operations.look(
        subject=found.person or found,
        kind="export",
        purpose="打印给本人",
        by=request.actor,
        at=at,
    )
    context = {"asked": found, "parts": queries.parts_of(found), "at": at}
    context["watermark"] = mark_of(look)
    return render(request, "privacy/take_copy.html", context)


@require_POST
@refused_on(_handle_page)
def answer_request(request: Request, code: str) -> HttpResponse:
    """Say what was done."""
    found, form = _seen(request, code), AnswerRequest(request.POST)
    if not form.is_valid():
        return _handle_page(request, code, status=422)
    once_for(
        request,
        lambda: operations.answer_request(
            asked=found, **form.cleaned_data, by=request.actor, at=now()
        ),
    )
    messages.success(request, "已删除，并记下了" if found.is_ending else "已答复本人")
    return redirect("privacy:desk")


@require_POST
@refused_on(_handle_page)
def refuse_request(request: Request, code: str) -> HttpResponse:
    """Say that it cannot be done, and why."""
    found, form = _seen(request, code), RefuseRequest(request.POST)
    if not form.is_valid():
        return _handle_page(request, code, status=422)
    once_for(
        request,
        lambda: operations.refuse_request(
            asked=found, **form.cleaned_data, by=request.actor, at=now()
        ),
    )
    messages.success(request, "已把理由告诉本人")
    return redirect("privacy:desk")
